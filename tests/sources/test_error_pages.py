"""Edits told from error, login, consent and list pages, on labelled tables of invented copies."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pledgebook.sources.error_pages import Copy, Verdict, judge

EDIT, OTHER_PAGE, DOUBTFUL = Verdict.EDIT, Verdict.OTHER_PAGE, Verdict.DOUBTFUL
TABLE, HELD_OUT = "error_pages.jsonl", "error_pages_held_out.jsonl"
# Written by another hand, who did not see the rules; the rules were not changed after it.
BLIND = "error_pages_blind.jsonl"
MOST_IN_DOUBT = 0.1


@cache
def rows(name: str) -> list[dict[str, Any]]:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def misjudged(name: str, label: str, verdict: Verdict) -> list[str]:
    """The rows with this label that are given this verdict, as id and note."""
    return [
        f"{row['id']} ({row['note']})"
        for row in rows(name)
        if row["label"] == label and judge(Copy(**row["before"]), Copy(**row["now"])) is verdict
    ]


@pytest.mark.parametrize(("name", "size"), [(TABLE, 30), (HELD_OUT, 10), (BLIND, 40)])
def test_error_rates(name: str, size: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert Counter(row["label"] for row in rows(name)) == {EDIT: size, OTHER_PAGE: size}
    taken_for_edits = misjudged(name, OTHER_PAGE, EDIT)
    taken_for_other_pages = misjudged(name, EDIT, OTHER_PAGE)
    doubtful_pages, doubtful_edits = misjudged(name, OTHER_PAGE, DOUBTFUL), misjudged(name, EDIT, DOUBTFUL)
    with capsys.disabled():
        print(f"\n{name}: other pages taken for edits {len(taken_for_edits)}/{size}", end=", ")
        print(f"edits taken for other pages {len(taken_for_other_pages)}/{size}", end=", ")
        print(f"in doubt {len(doubtful_pages)}/{size} other pages, {len(doubtful_edits)}/{size} edits")
    assert taken_for_edits == []
    assert taken_for_other_pages == []
    assert len(doubtful_pages) <= MOST_IN_DOUBT * size, doubtful_pages
    assert len(doubtful_edits) <= MOST_IN_DOUBT * size, doubtful_edits


def long_statement() -> Copy:
    return next(Copy(**row["before"]) for row in rows(TABLE) if len(row["before"]["text"].split()) > 300)


@pytest.mark.parametrize(
    "wall", ["Log in to read the full text.", "Enter the code that we sent to your telephone.", "Read on with a pass."]
)
def test_the_first_paragraph_above_a_wall_is_no_edit(wall: str) -> None:
    before = long_statement()
    opening = before.text.split("\n\n")[0]
    assert judge(before, replace(before, text=f"{opening}\n\n{wall}")) is not EDIT


def test_what_is_left_of_a_statement_in_a_few_words_is_no_edit() -> None:
    before = long_statement()
    assert judge(before, replace(before, text=" ".join(before.text.split()[:5]))) is not EDIT


def test_a_statement_that_is_still_there_is_an_edit_whatever_is_put_above_it() -> None:
    before = long_statement()
    banner = "Page not found. We use cookies. Please sign in to continue."
    assert judge(before, replace(before, text=f"{banner}\n\n{before.text}")) is EDIT


def test_another_statement_in_its_place_is_no_edit() -> None:
    texts = {row["before"]["title"]: Copy(**row["before"]) for row in rows(TABLE)}
    pairs = [(before, now) for before in texts.values() for now in texts.values() if before is not now]
    assert [
        (before.title, now.title)
        for before, now in pairs
        if judge(before, replace(now, address=before.address)) is EDIT
    ] == []
