"""A chain of releases: what comes, stays, changes and goes, and the numbers that follow."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime

import polars as pl
import pytest

FIRST = "The United States will provide $5 million to Ukraine. The two sides will meet again in May."
SECOND = "The United States will send engineers to the dam."


@pytest.fixture
def two_documents(publish, document, run):
    """A place that holds version 1.0.0 with two documents."""
    publish(run(document("a", FIRST), document("b", SECOND)))
    return publish


def causes(publish):
    changes = publish.table("changes")
    return set(changes.select("table", "change", "column", "cause").iter_rows())


def test_samples_alone_make_a_demonstration(publish, document, run):
    sample = run(document("a", FIRST, text_origin="summary"))
    assert publish(sample).version == "0.1.0"
    more = run(document("a", FIRST, text_origin="summary"), document("b", SECOND, text_origin="summary"))
    assert publish(more).version == "0.2.0"
    renamed = document("b", SECOND, text_origin="summary", title="Another title")
    assert publish(run(renamed)).version == "0.2.1"


def test_nothing_new_publishes_nothing(two_documents, document, run):
    before = {path: path.read_bytes() for path in two_documents.place.rglob("*") if path.is_file()}
    outcome = two_documents(run(document("a", FIRST), document("b", SECOND)), accept=None)
    assert outcome.version is None
    assert outcome.message == "Nothing differs from 1.0.0: nothing was published."
    assert {path: path.read_bytes() for path in two_documents.place.rglob("*") if path.is_file()} == before


def test_volatile_columns_alone_publish_nothing(two_documents, document, run):
    later = {"retrieved_at": datetime(2026, 11, 9, tzinfo=UTC), "capture_sha256": "0" * 64}
    again = run(document("a", FIRST, **later), document("b", SECOND), confidence=0.9, extractor="finder 2")
    assert two_documents(again).version is None


def test_first_official_text_makes_1_0_0_and_samples_give_way(publish, document, run):
    publish(run(document("a", "Washington will give $5 million to Ukraine.", text_origin="summary")))
    outcome = publish(run(document("a", FIRST)))
    assert outcome.version == "1.0.0"
    assert publish.table("readouts")["text_origin"].to_list() == ["official"]
    assert set(publish.table("changes")["cause"]) == {"sample_replaced"}


def test_a_sample_never_takes_the_place_of_the_real_document(two_documents, document, run):
    assert two_documents(run(document("a", "A summary that will differ.", text_origin="summary"))).version is None


def test_a_partial_run_keeps_what_it_did_not_read(two_documents, document, run):
    outcome = two_documents(run(document("c", "The United States will open a consulate.")))
    assert outcome.version == "1.1.0"
    assert two_documents.table("readouts").height == 3
    kept = two_documents.table("commitments").filter(pl.col("first_version") == "1.0.0")
    assert kept["changed_version"].to_list() == ["1.0.0"] * 3
    assert outcome.figures["commitments_added"] == 1 and outcome.figures["commitments_removed"] == 0


def test_an_edit_at_the_source_is_a_change_with_that_cause(two_documents, document, run):
    ids = two_documents.ids()
    edited = FIRST.replace("in May", "in early May")
    seen = datetime(2026, 11, 3, tzinfo=UTC)
    assert (
        two_documents(run(document("a", edited, retrieved_at=seen), happened=[("a", "edited", seen)])).version
        == "1.0.1"
    )
    assert two_documents.ids()["will meet again in early May"] == ids["will meet again in May"]
    assert ("commitments", "changed", "quote", "source") in causes(two_documents)
    changed = two_documents.table("commitments").filter(pl.col("changed_version") == "1.0.1")
    assert changed["quote"].to_list() == ["will meet again in early May"]
    assert two_documents.table("captures")["event"].to_list().count("edited") == 1


def test_another_reading_of_the_same_text_is_the_extractors(two_documents, document, run):
    again = run(document("a", FIRST), document("b", SECOND), act="cooperate", extractor="finder 2")
    assert two_documents(again).version == "1.0.1"
    assert causes(two_documents) == {("commitments", "changed", "act", "extractor")}


def test_a_new_codebook_is_the_cause_and_its_first_number_makes_a_major_version(two_documents, document, run):
    assert two_documents(run(document("a", FIRST), document("b", SECOND), codebook="1.3")).version == "1.0.1"
    assert causes(two_documents) == {("commitments", "changed", "codebook", "codebook")}
    assert two_documents(run(document("a", FIRST), document("b", SECOND), codebook="2.0")).version == "2.0.0"


def test_a_row_that_is_not_found_again_leaves_and_is_listed(two_documents, document, run):
    ids = two_documents.ids()
    shorter = re.compile(r"\bwill (?!meet)[^.]+")
    outcome = two_documents(run(document("a", FIRST), document("b", SECOND), pattern=shorter, extractor="finder 2"))
    assert outcome.version == "1.1.0"
    gone = two_documents.table("withdrawn_rows").row(0, named=True)
    assert gone == {
        "table": "commitments",
        "row_id": ids["will meet again in May"],
        "last_version": "1.0.0",
        "reason": "not_found_again",
        "replaced_by": None,
    }
    assert two_documents.table("readouts").sort("title")["n_commitments"].to_list() == [1, 1]


def test_the_same_text_at_a_second_address_is_one_readout(two_documents, document, run):
    assert two_documents(run(document("z", SECOND))).version == "1.0.1"
    row = two_documents.table("readouts").filter(pl.col("title") == "Meeting b").row(0, named=True)
    assert row["alternate_urls"] == ["https://example.org/z"]
    assert two_documents.table("commitments").height == 3


def test_a_partial_run_remembers_the_other_address_of_a_text(two_documents, document, run):
    two_documents(run(document("z", SECOND)))
    assert two_documents(run(document("b", SECOND))).version is None
    assert two_documents(run(document("z", "It will open a port."))).version == "1.1.0"
    assert two_documents(run(document("b", SECOND), document("z", "It will open a port."))).version == "1.1.1"
    assert two_documents.table("readouts")["alternate_urls"].explode().drop_nulls().is_empty()


def test_a_copy_in_the_same_run_is_one_readout(publish, document, run):
    copy = document("b", SECOND, capture_sha256="1" * 64)
    publish(run(document("b", SECOND), copy))
    assert publish.table("readouts").height == publish.table("commitments").height == 1
    assert publish.table("quarantine").is_empty()


def test_text_is_left_out_where_the_licence_forbids_it(publish, document, run):
    publish(run(document("a", FIRST, licence="UN-TERMS"), document("b", SECOND)))
    texts = dict(publish.table("readouts").select("title", "text").iter_rows())
    assert texts == {"Meeting a": None, "Meeting b": SECOND}
    assert "will meet again in May" in publish.ids()
    assert publish(run(document("a", FIRST, licence="UN-TERMS"))).version is None


def test_a_dry_run_says_the_version_and_writes_nothing(publish, document, run):
    outcome = publish(run(document("a", FIRST)), dry_run=True)
    assert (outcome.version, outcome.folder) == ("1.0.0", None)
    assert not publish.place.exists()


def test_the_changelog_tells_it_in_words(two_documents, document, run):
    two_documents(run(document("c", "The United States will open a consulate.")))
    log = (two_documents.place / "CHANGELOG.md").read_text("utf-8")
    assert log.index("## 1.1.0 (2026-11-01)") < log.index("## 1.0.0 (2026-11-01)")
    assert "The book holds 3 documents and 4 commitments. It follows 1.0.0." in log
    assert "- 1 document, by issuer: United States." in log
    assert "- 1 commitment, by topic: International Affairs." in log


def test_a_column_that_comes_makes_a_minor_version_and_keeps_every_row(publish, run, document):
    readings = run(document("a", "He will send 5 trucks to Ukraine."))
    publish(readings)
    publish.rewrite("1.0.0", "readouts", lambda rows: rows.drop("meeting_mode"))
    assert publish(readings).version == "1.1.0"
    came = publish.table("changes").filter(column="meeting_mode").row(0, named=True)
    assert (came["row_id"], came["change"], came["cause"]) == ("*", "added", "schema")
    assert publish.table("readouts")["meeting_mode"].to_list() == ["in_person"]


def test_a_missing_folder_of_an_old_version_does_not_stop_the_next_one(publish, run, document):
    first, second = document("a", "He will send 5 trucks."), document("b", "She will open a school.")
    publish(run(first))
    publish(run(first, second))
    shutil.rmtree(publish.place / "v1.0.0")
    assert publish(run(first, second, document("c", "They will plant trees."))).version == "1.2.0"
    assert "files of this version are missing" in (publish.place / "CHANGELOG.md").read_text("utf-8")


def test_a_sample_stays_away_when_its_address_is_another_one_of_the_real_document(publish, run, document):
    official = document("a", "He will send 5 trucks.", alternate_urls=["https://example.org/b"])
    publish(run(official))
    assert publish(run(document("b", "A summary: he will send trucks.", text_origin="summary"))).version is None


def test_samples_are_no_events_at_a_source_and_a_real_document_is_first_seen(publish, run, document):
    publish(run(document("a", "In short, he will send trucks.", text_origin="summary")))
    assert publish.table("captures").is_empty()
    publish(run(document("a", "He will send 5 trucks to Ukraine.")))
    assert publish.table("captures")["event"].to_list() == ["first_seen"]


def test_what_a_withdrawn_readout_takes_with_it_is_told_as_a_correction(publish, run, document):
    readings = run(document("a", "He will send 5 trucks."), document("b", "She will open a school."))
    publish(readings)
    readout = publish.table("readouts").filter(title="Meeting a")["readout_id"][0]
    publish.correct(f"{readout},,,,published by mistake,2026-11-20")
    publish(readings)
    assert publish.table("changes").filter(change="removed")["cause"].to_list() == ["correction", "correction"]


def test_the_changelog_tells_whose_doing_it_is_that_a_row_is_not_found_again(two_documents, document, run):
    two_documents(run(document("a", FIRST.split(". ")[0] + "."), document("b", SECOND)))
    assert "- 1 commitment was taken out at the source." in two_documents.changelog()
    none = re.compile(r"\bwill send [^.]+")
    two_documents(run(document("a", FIRST.split(". ")[0] + "."), document("b", SECOND), pattern=none, extractor="f 2"))
    assert "was not found again, because the extractor reads the same text differently." in two_documents.changelog()


def test_places_in_the_text_are_told_only_when_nothing_else_changed(two_documents, document, run):
    two_documents(run(document("a", f"Good news. {FIRST}"), document("b", SECOND)))
    log = two_documents.changelog()
    assert "- 2 commitments changed because" in log and "only where they stand in the text" in log
    assert "char_start" not in log
