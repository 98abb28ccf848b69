"""Phrases that set a time, and the one that belongs to an undertaking."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.time import due_of, find_due

TODAY = date(2021, 6, 8)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("over the next three years", "2021-06-08", "2024-06-08", "year"),
        ("within 90 days", "2021-06-08", "2021-09-06", "day"),
        ("within\u00a090\u00a0days", "2021-06-08", "2021-09-06", "day"),
        ("for eight months", "2021-06-08", "2022-02-08", "month"),
        ("in two weeks", "2021-06-22", "2021-06-22", "day"),
        ("by 2030", "2021-06-08", "2030-12-31", "year"),
        ("by the end of this year", "2021-06-08", "2021-12-31", "year"),
        ("before 2030", "2021-06-08", "2029-12-31", "year"),
        ("by February 5", "2021-06-08", "2022-02-05", "day"),
        ("until at least 2030", "2021-06-08", "2030-12-31", "year"),
        ("on June 12, 2023", "2023-06-12", "2023-06-12", "day"),
        ("on 25 October", "2021-10-25", "2021-10-25", "day"),
        ("on January 25–27, 2023", "2023-01-25", "2023-01-27", "day"),
        ("October 8-11", "2021-10-08", "2021-10-11", "day"),
        ("November 25 to December 3", "2021-11-25", "2021-12-03", "day"),
        ("December 30 to January 2", "2021-12-30", "2022-01-02", "day"),
        ("starting May 2, 2025", "2025-05-02", None, "day"),
        ("beginning in 2026", "2026-01-01", None, "year"),
        ("next week", "2021-06-14", "2021-06-20", "day"),
        ("on Friday", "2021-06-11", "2021-06-11", "day"),
        ("later this month", "2021-06-08", "2021-06-30", "month"),
        ("in September", "2021-09-01", "2021-09-30", "month"),
        ("this fall", "2021-09-01", "2021-11-30", "quarter"),
        ("in the first quarter of 2026", "2026-01-01", "2026-03-31", "quarter"),
        ("during the second half of 2022", "2022-07-01", "2022-12-31", "quarter"),
        ("during the last two months of 2025", "2025-11-01", "2025-12-31", "month"),
        ("in the early 2040s", "2040-01-01", "2043-12-31", "year"),
        ("in each of 2026, 2027, and 2028", "2026-01-01", "2028-12-31", "year"),
        ("for one year, starting on November 10, 2025", "2025-11-10", "2026-11-10", "day"),
        ("ahead of the summit in July", "2021-06-08", "2021-07-31", "month"),
        ("by the Council’s meeting in March 2023", "2021-06-08", "2023-03-31", "month"),
    ],
)
def test_dates(text: str, first: str | None, last: str | None, precision: str) -> None:
    (due,) = find_due(f"Norland will open the dam {text}.", TODAY)
    assert due.text == text
    assert (due.due_start, due.due_end, due.precision) == (
        first and date.fromisoformat(first),
        last and date.fromisoformat(last),
        precision,
    )


@pytest.mark.parametrize(
    "text",
    [
        "promptly",
        "immediately",
        "as soon as possible",
        "in the coming weeks",
        "over the next few weeks",
        "in the medium- and long-term",
        "for as long as it takes",
        "annually",
        "until the crisis ends",
        "upon completion of the dam",
        "within six months of entry into force",
        "at the upcoming summit in Estavia",
    ],
)
def test_a_time_without_a_date(text: str) -> None:
    (due,) = find_due(f"Norland will open the dam {text}.", TODAY)
    assert (due.text, due.due_start, due.due_end, due.precision) == (text, None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "as they did last year",
        "as in 2019",
        "that it closed on April 2, 2020",
        "named in Decree 17 of July 2, 2025",
        "it had used over decades",
        "that may be old",
        "in March",
        "on June 31, 2023",
    ],
)
def test_the_past_and_the_impossible_set_no_time(text: str) -> None:
    assert find_due(f"Norland will open the dam {text}.", TODAY) == []


def test_leap_day() -> None:
    (due,) = find_due("over the next year", date(2024, 2, 29))
    assert due.due_end == date(2025, 2, 28)


def test_of_the_quote_first() -> None:
    sentence = "Next week, Norland will open the dam by 2030."
    due = due_of("will open the dam by 2030", sentence, "", TODAY)
    assert due is not None and due.text == "by 2030" and sentence[due.start : due.end] == "by 2030"


def test_a_date_goes_before_a_manner() -> None:
    due = due_of("will promptly open the dam by 2030", "", "", TODAY)
    assert due is not None and (due.text, due.start) == ("by 2030", -1)


@pytest.mark.parametrize(
    ("quote", "sentence", "expected"),
    [
        ("will open the dam", "In the coming weeks, Norland will open the dam.", "In the coming weeks"),
        ("open the dam", "By 2030, the two sides will: - open the dam", "By 2030"),
        ("close the port", "They agreed to do the following by 2030: close the port", "by 2030"),
        ("will open the dam", "Norland will open the dam and visit Estavia next week.", None),
        ("launched a dialogue", "On Friday, the ministers launched a dialogue.", None),
    ],
)
def test_of_the_sentence(quote: str, sentence: str, expected: str | None) -> None:
    due = due_of(quote, sentence, "", TODAY)
    assert (due and due.text) == expected


def test_of_the_heading_only_a_date() -> None:
    due = due_of("open the dam", "open the dam", "Measures to be taken by 2030", TODAY)
    assert due is not None and (due.text, due.start, due.end) == ("by 2030", -1, -1)
    assert due_of("open the dam", "open the dam", "Steps to be taken promptly", TODAY) is None


@given(st.text(alphabet="by until2030,in 5daysJune’.\u00a0", max_size=80))
def test_any_text_gives_ordered_spans(text: str) -> None:
    found = find_due(text, TODAY)
    assert all(text[due.start : due.end] == due.text for due in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(due.due_end is None or due.due_end >= TODAY for due in found)


def test_every_phrase_of_the_lexicon_is_found() -> None:
    filled = {
        "date": "September 2023",
        "duration": "three months",
        "event": "summit in Estavia",
        "clause": "the dam is open",
        "": "",
    }
    for row in read_rows("due_phrases", ("words", "slot", "meaning")):
        phrase = f"{row['words']} {filled[row['slot']]}".strip()
        found = find_due(f"Norland will act {phrase}.", TODAY)
        assert found and found[0].text.startswith(row["words"]), phrase
