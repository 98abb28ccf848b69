"""Why a row has left, as `withdrawn_rows` tells it."""

from __future__ import annotations

import re

TRUCKS = "He will send 5 trucks to Ukraine."
MOVED = "This page has moved."


def left(publish) -> dict[str, str]:
    """The reason of each commitment that has left, by its identifier."""
    rows = publish.table("withdrawn_rows").filter(table="commitments")
    return dict(rows.select("row_id", "reason").iter_rows())


def test_a_sentence_that_the_source_took_out(publish, run, document):
    publish(run(document("a", f"{TRUCKS} She will open a school.")))
    gone = publish.ids()["will open a school"]
    publish(run(document("a", TRUCKS)))
    assert left(publish) == {gone: "taken_out"}
    assert "- 1 commitment was taken out at the source." in publish.changelog()


def test_a_sentence_that_stands_and_is_found_no_more_in_an_edited_text(publish, run, document):
    publish(run(document("a", f"{TRUCKS} She will open a school.")))
    gone = publish.ids()["will open a school"]
    other = re.compile(r"\bwill send [^.]+")
    publish(run(document("a", f"{TRUCKS} She will open a school. Rain fell."), pattern=other))
    assert left(publish) == {gone: "not_found_again"}
    assert "not found again, because documents were edited at their source" in publish.changelog()


def test_nothing_is_claimed_of_a_text_that_the_book_may_not_hold(publish, run, document):
    publish(run(document("a", f"{TRUCKS} She will open a school.", licence="unknown")))
    gone = publish.ids()["will open a school"]
    publish(run(document("a", TRUCKS, licence="unknown")))
    assert left(publish) == {gone: "not_found_again"}


def test_pages_that_were_emptied_alike_are_merged_and_their_commitments_are_not(publish, run, document):
    publish(run(document("a", TRUCKS), document("b", "She will open a school.")))
    gone = publish.ids()
    publish(run(document("a", MOVED), document("b", MOVED)))
    assert publish.table("withdrawn_rows").filter(table="readouts")["reason"].to_list() == ["merged"]
    assert left(publish) == dict.fromkeys(gone.values(), "taken_out")


def test_pages_that_say_the_same_now_keep_their_common_commitment(publish, run, document):
    publish(run(document("a", TRUCKS), document("b", f"{TRUCKS} She will open a school.")))
    school = publish.ids()["will open a school"]
    before = set(publish.table("commitments")["commitment_id"])
    publish(run(document("a", TRUCKS), document("b", TRUCKS)))
    (kept,) = publish.table("commitments")["commitment_id"]
    (merged,) = before - {kept, school}
    assert left(publish) | {school: ""} == {merged: "merged", school: ""}
