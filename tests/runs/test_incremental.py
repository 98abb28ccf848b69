"""Only what changed is read again, and the book is the same as if all had been."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from running import NOW, run

from pledgebook.releases.errors import PlaceBusy
from pledgebook.releases.places.published import read_table
from pledgebook.releases.reading_record import RECORD
from pledgebook.releases.withdraw import withdraw_version
from pledgebook.runs.selection import Selection
from pledgebook.runs.steps import bring_together
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore
from schemas import TABLES

ADDRESS = "https://www.whitehouse.gov/briefing-room/2021/06/{:02}/call-{}/"


def page(folder: Path, number: int, text: str, origin: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"call-{number}{'-summary' if origin else ''}.md"
    head = f"title: Call {number}\ndate: 2021-06-{number:02}\nissuer: USA\nlicence: US-GOV-WORK\n"
    address = f"source_url: {ADDRESS.format(number, number)}\n"
    file.write_text(f"---\n{head}{address}{origin}---\n{text}\n", "utf-8")
    return file


def call(number: int, verb: str = "agreed to open") -> str:
    return f"The President spoke with the Prime Minister of Norway. They {verb} office number {number} in Bergen."


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A place with a version of eight statements."""
    for number in range(1, 9):
        page(tmp_path / "first", number, call(number))
    _, outcome = run(tmp_path, tmp_path / "first")
    assert outcome.version == "1.0.0"
    return tmp_path


def made_anew(book: Path, *inputs: str, moments: list[datetime]) -> Path:
    """The same runs at another place, where nothing is left out."""
    anew = book / "anew"
    for name, now in zip(inputs, moments, strict=True):
        run(anew, book / name, now=now)
        (anew / "processed" / RECORD).unlink()
    run(anew, now=moments[-1])
    return anew


def assert_same_books(one: Path, other: Path, version: str) -> None:
    for name in TABLES:
        first, second = (read_table(book / "processed", name, version) for book in (one, other))
        assert first.equals(second), name


def test_a_second_run_reads_nothing_and_publishes_nothing(book: Path) -> None:
    for inputs in ([book / "first"], []):
        planned, outcome = run(book, *inputs, now=NOW + timedelta(days=1))
        assert (planned.given, planned.unchanged, list(planned.batches)) == (8, 8, [])
        assert outcome.version is None
        assert outcome.figures["readouts"] == 8


def test_what_came_and_what_was_edited_is_read_alone_and_the_book_is_as_if_all_were(book: Path) -> None:
    later = NOW + timedelta(days=1)
    page(book / "second", 3, call(3, "agreed to close"))
    page(book / "second", 9, call(9))
    planned, outcome = run(book, book / "second", now=later)
    assert (planned.given, planned.unchanged, outcome.version) == (2, 0, "1.1.0")
    anew = made_anew(book, "first", "second", moments=[NOW, later])
    assert_same_books(book, anew, "1.1.0")


def test_a_statement_that_shared_its_text_gets_a_row_when_the_other_is_edited(book: Path) -> None:
    later, last = NOW + timedelta(days=1), NOW + timedelta(days=2)
    page(book / "second", 10, call(1))
    run(book, book / "second", now=later)
    assert read_table(book / "processed", "readouts")["alternate_urls"].list.len().sum() == 1
    page(book / "third", 1, call(1, "agreed to close"))
    planned, _ = run(book, book / "third", now=last)
    assert (planned.given, sum(batch.size for batch in planned.batches)) == (1, 2)
    anew = made_anew(book, "first", "second", "third", moments=[NOW, later, last])
    rows = [read_table(place / "processed", "readouts")["url"].to_list() for place in (book, anew)]
    assert rows[0] == rows[1]


def test_what_cannot_be_read_is_tried_until_a_version_tells_of_it(book: Path) -> None:
    page(book / "second", 11, "")
    for day, inputs in ((1, [book / "second"]), (2, [])):
        planned, outcome = run(book, *inputs, now=NOW + timedelta(days=day))
        assert (planned.given - planned.unchanged, outcome.version) == (1, None)
    later = NOW + timedelta(days=3)
    load_documents([page(book / "third", 9, call(9))], CaptureStore(book / "raw"), later)
    assert run(book, now=later)[1].version == "1.1.0"
    assert read_table(book / "processed", "quarantine")["check"].to_list() == ["no_text"]
    planned, _ = run(book, now=later)
    assert (planned.given, planned.unchanged) == (10, 10)


def test_other_code_reads_everything_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.runs.plan.reader_hash", lambda: "another")
    planned, outcome = run(book, now=NOW + timedelta(days=1))
    assert planned.unchanged == 0
    assert outcome.version is None
    planned, _ = run(book, now=NOW + timedelta(days=1))
    assert planned.unchanged == 8


def test_after_a_withdrawal_everything_is_read_again(book: Path) -> None:
    page(book / "second", 9, call(9))
    run(book, book / "second", now=NOW + timedelta(days=1))
    withdraw_version(book / "processed", "1.1.0", "a test")
    planned, outcome = run(book, now=NOW + timedelta(days=2))
    assert planned.unchanged == 0
    assert outcome.version == "1.2.0"
    assert read_table(book / "processed", "readouts").height == 9


def test_a_selection_leaves_for_later_what_it_passed_over(book: Path) -> None:
    page(book / "second", 9, call(9))
    page(book / "second", 10, call(10))
    run(book, book / "second", now=NOW + timedelta(days=1), selection=Selection(limit=1))
    assert read_table(book / "processed", "readouts").height == 9
    planned, outcome = run(book, now=NOW + timedelta(days=2))
    assert (planned.given - planned.unchanged, outcome.version) == (2, "1.2.0")


def test_a_line_in_the_corrections_is_applied_though_nothing_was_read(book: Path) -> None:
    row = read_table(book / "processed", "commitments").row(0, named=True)
    lines = "row_id,column,expected,value,reason,date\n"
    corrections = book / "corrections.csv"
    corrections.write_text(f"{lines}{row['commitment_id']},topic,{row['topic']},2,a test,2026-11-01\n", "utf-8")
    planned, outcome = run(book, now=NOW + timedelta(days=1), corrections=corrections)
    assert (planned.unchanged, outcome.version) == (8, "1.0.1")
    assert read_table(book / "processed", "commitments").filter(pl.col("topic") == 2).height == 1


def test_what_was_left_out_has_to_stand_still_when_the_run_publishes(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*given: Any) -> Any:
        withdraw_version(book / "processed", "1.0.0", "a test")
        return bring_together(*given)

    monkeypatch.setattr("pledgebook.runs.run_here.bring_together", meanwhile)
    with pytest.raises(PlaceBusy, match="run again"):
        run(book, now=NOW + timedelta(days=1))
