"""What looks as if a run went wrong is not published unless a person accepts it."""

from __future__ import annotations

import polars as pl
import pyarrow.parquet as pq
import pytest

from pledgebook.releases.withdraw import withdraw_version
from pledgebook.sources.errors import WrongUse
from schemas import polars_schema

ONE, TWO = "The United States will provide $5 million to Ukraine.", "The United States will send engineers."


@pytest.fixture
def twenty(publish, document, run):
    """A place that holds twenty documents with a commitment each."""
    publish(run(*documents(document)))
    return publish


def documents(document, **changed):
    return [document(f"d{number}", changed.get(f"d{number}", f"{ONE} Item {number}.")) for number in range(20)]


def measurement(score, extractor="finder 1", name="checkset"):
    figures = {"sentence_f1": 0.9, "item_f1": score, "right_f1": 0.4}
    return {"extractor": extractor, "sets": {name: {"documents": 200, "items": 143, "figures": figures}}}


def test_far_fewer_commitments_are_not_published_and_nothing_is_lost(twenty, document, run):
    emptied = run(*documents(document, d1="Nothing.", d2="Nothing here.", d3="Nothing there."))
    outcome = twenty(emptied, accept=None)
    assert outcome.version is None and outcome.folder is None
    assert outcome.refused == ["there are 17 commitments after 20, 15% fewer (at most 10%)"]
    assert 'run again with --accept "REASON"' in outcome.message
    assert not (twenty.place / "v1.1.0").exists() and twenty.table("commitments").height == 20


def test_a_reason_opens_the_gate_and_the_changelog_prints_both(twenty, document, run):
    emptied = run(*documents(document, d1="Nothing.", d2="Nothing here.", d3="Nothing there."))
    outcome = twenty(emptied, accept="three pages were *emptied*")
    assert outcome.version == "1.1.0" and "not needed" not in outcome.message
    assert "### Published all the same" in twenty.changelog()
    assert "- there are 17 commitments after 20" in twenty.changelog()
    assert r"- Reason: three pages were \*emptied\*" in twenty.changelog()


def test_a_tenth_may_go_and_a_reason_that_is_not_needed_is_not_printed(twenty, document, run):
    emptied = run(*documents(document, d1="Nothing.", d2="Nothing here."))
    outcome = twenty(emptied, accept="just in case")
    assert outcome.version == "1.1.0" and "The reason of --accept was not needed" in outcome.message
    assert "Published all the same" not in twenty.changelog()


def test_far_fewer_documents(twenty, run):
    rows = twenty.table("readouts")
    twenty.correct(*(f"{row},,,,published by mistake,2026-11-20" for row in rows["readout_id"].head(3)))
    outcome = twenty(run(), accept=None)
    assert "there are 17 documents after 20, 15% fewer (at most 10%)" in outcome.refused


def test_a_column_without_any_value_is_noticed(publish, document, run):
    first = [document("a", ONE), document("b", TWO)]
    publish(run(*first), accept=None)
    outcome = publish(run(*(row | {"meeting_mode": None} for row in first)), accept=None)
    assert outcome.refused == ["readouts.meeting_mode has no value in any row, and had some before"]
    nobody = [document(name, text.replace("Ukraine", "us")) for name, text in (("a", ONE), ("b", TWO))]
    recipients = publish(run(*nobody), accept=None)
    assert "commitments.recipients has no value in any row, and had some before" in recipients.refused


def test_much_in_quarantine_is_noticed_once(twenty, document, run):
    broken = [document(f"x{number}", "", issuer="nobody") for number in range(2)]
    outcome = twenty(run(document("new", TWO), *broken), accept=None)
    assert outcome.refused == ["8.7% of the documents stand in quarantine (at most 5%)"]
    assert twenty(run(document("new", TWO), *broken), accept="known").version == "1.1.0"
    # What a person has accepted does not stop every later run.
    assert twenty(run(document("newer", TWO + " Soon."), *broken), accept=None).version == "1.2.0"


def test_the_very_first_version_has_this_gate_too(publish, document, run):
    outcome = publish(run(document("a", ONE), document("x", "", issuer="nobody")), accept=None)
    assert outcome.refused == ["50.0% of the documents stand in quarantine (at most 5%)"]


@pytest.mark.parametrize("now", [measurement(0.79), None, measurement(0.9, name="another")])
def test_a_lower_score_or_none_is_noticed(publish, document, run, now):
    publish(run(document("a", ONE)), quality=measurement(0.8), accept=None)
    outcome = publish(run(document("a", ONE), document("b", TWO)), quality=now, accept=None)
    assert len(outcome.refused) == 1 and "the set checkset" in outcome.refused[0]
    assert publish(run(document("b", TWO)), quality=measurement(0.8), accept=None).version == "1.1.0"


def test_samples_never_count(publish, document, run):
    samples = [document(f"s{number}", ONE, text_origin="summary") for number in range(5)]
    publish(run(*samples), accept=None)
    assert publish(run(*samples[:1], document("s1", TWO)), accept=None).version == "1.0.0"


def test_a_dry_run_says_which_gate_is_closed(twenty, document, run):
    emptied = run(*documents(document, d1="Nothing.", d2="Nothing here.", d3="Nothing there."))
    outcome = twenty(emptied, accept=None, dry_run=True)
    assert outcome.version == "1.1.0" and "needs a person to accept it: there are 17 commitments" in outcome.message


def with_column(publish, successor):
    """Let version 1.0.0 have a column that the present schema has not."""

    def add(rows: pl.DataFrame) -> pl.DataFrame:
        return rows.with_columns(mood=pl.lit("good"))

    publish.rewrite("1.0.0", "readouts", add)
    path = publish.place / "v1.0.0" / "readouts.parquet"
    table = pq.read_table(path)
    field = table.schema.field("mood").with_metadata({"successor": successor} if successor else {})
    publish.replace_file(
        "1.0.0", "readouts.parquet", table.cast(table.schema.set(table.schema.names.index("mood"), field))
    )


def test_a_column_that_nobody_announced_does_not_go(publish, document, run):
    publish(run(document("a", ONE)))
    with_column(publish, None)
    outcome = publish(run(document("a", ONE)), accept=None)
    assert (
        len(outcome.refused) == 1 and "the column readouts.mood goes, and version 1.0.0 did not" in outcome.refused[0]
    )


def test_a_column_that_was_announced_for_a_whole_major_goes_and_its_successor_is_named(publish, document, run):
    publish(run(document("a", ONE)))
    with_column(publish, "readouts.meeting_mode")
    assert publish(run(document("a", ONE)), accept=None).version == "2.0.0"
    assert "- `readouts.mood` is gone: use `readouts.meeting_mode`." in publish.changelog()
    assert "mood" not in polars_schema("readouts")


def test_a_partial_run_of_a_new_extractor_is_judged_by_that(publish, document, run):
    first = measurement(0.8)
    publish(run(document("a", ONE)), quality=first, accept=None)
    better = measurement(0.9, extractor="finder 2")
    assert publish(run(document("b", TWO), extractor="finder 2"), quality=better, accept=None).version == "1.1.0"
    card = (publish.place / "v1.1.0" / "README.md").read_text("utf-8")
    assert "| measured | finder 2 alone: checkset (200 documents)" in card
    worse = measurement(0.7, extractor="finder 3")
    outcome = publish(run(document("c", TWO + " Soon."), extractor="finder 3"), quality=worse, accept=None)
    assert outcome.refused == ["item_f1 on the set checkset is 0.7, after 0.9"]


def test_a_drop_is_noticed_after_versions_that_were_not_measured(publish, document, run):
    publish(run(document("a", ONE)), quality=measurement(0.8), accept=None)
    publish(run(document("b", TWO)), quality=None, accept="in a hurry")
    outcome = publish(run(document("c", TWO + " Soon.")), quality=measurement(0.7), accept=None)
    assert outcome.refused == ["item_f1 on the set checkset is 0.7, after 0.8"]


def test_a_run_that_finds_nothing_says_nothing_of_its_extractor(publish, document, run):
    publish(run(document("a", ONE)), quality=measurement(0.8), accept=None)
    assert publish(run(document("b", "They met.")), quality=None, accept=None).version == "1.1.0"


def test_a_bad_file_among_samples_stops_nobody(publish, document, run):
    reading = run(document("s", ONE, text_origin="summary"), document("x", "", issuer="nobody"))
    assert publish(reading, accept=None).version == "0.1.0"


def test_a_reason_has_words(publish, document, run):
    with pytest.raises(WrongUse, match="say with --accept why"):
        publish(run(document("a", ONE)), accept=" ")


def test_notice_is_asked_of_the_major_that_stands(publish, document, run):
    publish(run(document("a", ONE)))
    with_column(publish, "readouts.meeting_mode")
    assert publish(run(document("a", ONE)), accept=None).version == "2.0.0"
    withdraw_version(publish.place, "2.0.0", "made by mistake")
    assert publish(run(document("a", ONE)), accept=None).version == "3.0.0"
