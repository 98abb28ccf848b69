"""The tables `captures` and `coverage`: events at the sources, and what was collected at all."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

TEXT = "He will send 5 trucks to Ukraine."
OTHER = "They will plant trees."
SEEN, LATER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 5, tzinfo=UTC)
MAY, JUNE = date(2021, 5, 1), date(2021, 6, 1)


def events(publish) -> list[tuple[str, datetime, str | None]]:
    return publish.table("captures").select("event", "captured_at", "sha256").rows()


def test_without_events_nothing_is_told_of_the_sources(publish, run, document):
    publish(run(document("a", TEXT)), events=None)
    assert publish.table("captures").is_empty()


def test_events_told_again_stand_once(publish, run, document):
    publish(run(document("a", TEXT)))
    gone = [("a", "gone", LATER)]
    publish(run(document("a", TEXT, availability="gone"), happened=gone))
    publish(run(document("a", TEXT, availability="gone"), document("b", OTHER), happened=gone))
    of_a = publish.table("captures").filter(pl.col("url") == "https://example.org/a")
    assert of_a.select("event", "captured_at").rows() == [("first_seen", SEEN), ("gone", LATER)]
    assert of_a["sha256"].to_list()[1] is None


def test_events_alone_make_no_version_and_come_with_the_next_one(publish, run, document):
    publish(run(document("a", TEXT)))
    gone = [("a", "gone", LATER)]
    assert publish(run(document("a", TEXT), happened=gone)).version is None
    assert publish(run(document("a", TEXT), document("b", OTHER), happened=gone)).version == "1.1.0"
    assert ("gone", LATER, None) in events(publish)


def test_a_statement_is_first_seen_once_whatever_older_copy_comes_later(publish, run, document):
    publish(run(document("a", TEXT)))
    before = publish.table("captures").rows()
    older = document("a", TEXT, retrieved_at=datetime(2020, 1, 1, tzinfo=UTC))
    publish(run(older, document("b", OTHER)))
    assert publish.table("captures").filter(pl.col("readout_id") == before[0][0]).rows() == before


def test_of_two_first_sights_in_one_run_the_earlier_one_counts(publish, run, document):
    handed = run(document("a", TEXT))
    earlier = handed.events.with_columns(captured_at=datetime(2020, 1, 1, tzinfo=UTC))
    publish(handed, events=pl.concat([handed.events, earlier]))
    assert [moment.year for _, moment, _ in events(publish)] == [2020]


def test_the_order_in_which_events_are_handed_over_does_not_matter(publish, run, document):
    handed = run(document("a", TEXT), document("b", TEXT), happened=[("a", "edited", LATER), ("b", "edited", LATER)])
    publish(handed, events=handed.events.reverse())
    assert publish.table("captures").select("event", "url").rows() == [
        ("first_seen", "https://example.org/a"),
        ("edited", "https://example.org/a"),
    ]


def test_an_event_of_a_statement_that_was_merged_is_told_under_the_one_that_stayed(publish, run, document):
    publish(run(document("a", TEXT), document("b", TEXT), happened=[("a", "gone", LATER)]))
    (row,) = publish.table("readouts").select("readout_id", "title").rows()
    assert row[1] == "Meeting b"
    assert set(publish.table("captures")["readout_id"]) == {row[0]}
    assert [event for event, *_ in events(publish)] == ["first_seen", "gone"]


def test_a_merged_statement_is_known_by_any_spelling_of_its_address(publish, run, document):
    handed = run(document("a", TEXT), document("b", TEXT), happened=[("a", "gone", LATER)])
    spelled = pl.when(pl.col("event") == "gone").then(pl.lit("http://example.org/a/?utm_source=mail")).otherwise("url")
    publish(handed, events=handed.events.with_columns(url=spelled))
    assert publish.table("readouts")["title"].to_list() == ["Meeting b"]
    assert [event for event, *_ in events(publish)] == ["first_seen", "gone"]


def test_events_of_what_is_not_in_the_book_are_not_told(publish, run, document):
    publish(run(document("a", TEXT), happened=[("elsewhere", "first_seen", SEEN)]))
    assert publish.table("captures")["url"].to_list() == ["https://example.org/a"]


@pytest.fixture
def known(publish, run, document):
    """Publishes one document beside documents that are known; returns the coverage."""

    def publish_known(*rows: tuple[str | None, str, date | None, bool], text: str = TEXT) -> list[tuple]:
        handed = run(document("a", text))
        cells = [(publisher, f"https://example.org/{name}", month, held) for publisher, name, month, held in rows]
        publish(handed, known=pl.DataFrame(cells, schema=handed.known.schema, orient="row"))
        return publish.table("coverage").sort("publisher", "month").rows()

    return publish_known


def test_coverage_counts_what_is_known_and_not_captured(known):
    rows = [
        ("white-house", "a", JUNE, True),
        ("white-house", "b", JUNE, False),
        ("white-house", "c", MAY, False),
        ("kremlin", "d", None, False),
    ]
    assert known(*rows) == [
        ("kremlin", None, 1, 0, 0, 0),
        ("white-house", MAY, 1, 0, 0, 0),
        ("white-house", JUNE, 2, 1, 1, 0),
    ]


def test_what_a_crawl_elsewhere_knew_stays_counted(known):
    known(("kremlin", "d", MAY, False), ("white-house", "c", MAY, False))
    rows = known(("white-house", "c", MAY, True), text=f"{TEXT} {OTHER}")
    assert rows == [("kremlin", MAY, 1, 0, 0, 0), ("white-house", JUNE, 1, 1, 1, 0)]


def test_a_document_that_the_book_holds_is_not_missing_though_its_copy_lies_elsewhere(known):
    assert known(("white-house", "a", JUNE, False)) == [("white-house", JUNE, 1, 1, 1, 0)]


def test_documents_of_no_known_publisher_are_counted_once_and_stay_counted(known):
    known((None, "d", MAY, False))
    assert known((None, "d", MAY, False), text=f"{TEXT} {OTHER}")[0] == (None, MAY, 1, 0, 0, 0)
    assert known(("white-house", "a", JUNE, True))[0] == (None, MAY, 1, 0, 0, 0)


def test_a_document_that_has_been_captured_is_missing_no_longer(known):
    known(("white-house", "b", JUNE, False))
    rows = known(("white-house", "b", JUNE, True), text=f"{TEXT} {OTHER}")
    assert rows == [("white-house", JUNE, 1, 1, 1, 0)]
