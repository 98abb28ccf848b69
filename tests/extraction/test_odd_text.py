"""Texts that nobody expects: no crash, no quote that is not in the text, work that grows with the length and no faster."""

from __future__ import annotations

import cProfile
import itertools
from typing import Any

import pytest
from documents import coded
from hypothesis import given, settings
from hypothesis import strategies as st

PIECES = [
    *(
        "Norway will send ships",
        "the leaders agreed to",
        "including",
        "by",
        "reaffirmed its commitment to",
        "and",
        "or",
    ),
    *("announced $40 million for", "open a joint office", "if", "not", "their", "they", "to", "The United States"),
    *("“", "”", "(", ")", "[", "‘", ",", ";", ":", "…", "—", ".", "!", "\n\n", "\n\n- ", "\n", "\t", "U.S.", "No. 5"),
    *(
        "WILL OPEN",
        "2030",
        "€5",
        "e\u0301",
        "\u200b",
        "\u202e",
        "😀",
        "İ",
        "ﬁ",
        "договорились",
        "同意",
        "الجانبان",
        "\x00",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=60).map(" ".join)


def assert_sound(text: str, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert text[row["char_start"] : row["char_end"]] == row["quote"]
        assert text[row["cue_start"] : row["cue_end"]] == row["cue"]
        assert row["quote"].strip() and row["actors"]
    for before, after in itertools.pairwise(sorted(rows, key=lambda row: row["char_start"])):
        assert before["char_end"] <= after["char_start"]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_gives_sound_rows(text: str) -> None:
    assert_sound(text, coded(text))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_title_is_read(title: str) -> None:
    text = "Norway will send three ships to the coast by 2030."
    assert_sound(text, coded(text, title=title))


@pytest.mark.parametrize(
    "text",
    [
        "Los dirigentes acordaron abrir una oficina en Oslo y enviarán barcos a Noruega.",
        "Стороны договорились открыть совместное представительство в Осло.",
        "Die Regierung wird Norwegen im kommenden Jahr drei Schiffe liefern.",
        "両首脳は合同事務所を開設することで合意した。",
    ],
)
def test_a_text_in_another_language_gives_nothing(text: str) -> None:
    assert coded(text * 5) == []


SENTENCE = "Norway will send two ships to the United States by 2030 and open a port, including for fish, "
KINDS = {
    "one line": lambda times: SENTENCE * times,
    "sentences": lambda times: f"{SENTENCE.rstrip(', ')}. " * times,
    "bullets": lambda times: "The leaders agreed to:" + "\n\n- open a new office in Oslo" * times,
    "open quotes": lambda times: "“(Norway will send ships “" * times,
    "capitals": lambda times: "NORWAY WILL SEND SHIPS TO THE UNITED STATES " * times,
    "commas": lambda times: "Norway will send ships" + ", and pens" * times,
    "headings": lambda times: "Trade\n\nNorway will send ships.\n\n" * times,
}


@pytest.mark.parametrize("kind", KINDS)
def test_work_grows_with_the_length_and_no_faster(kind: str) -> None:
    """Work that grows with the square is found where it is more than a sixteenth of the work on the shorter text."""
    calls(KINDS[kind](20))
    once, twice = calls(KINDS[kind](250)), calls(KINDS[kind](500))
    assert twice <= 2.12 * once


def calls(text: str) -> int:
    """How many calls of functions it takes to read a text: work that does not depend on the machine."""
    profile = cProfile.Profile(subcalls=False)
    profile.runcall(coded, text)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_of_a_hundred_thousand_signs_is_read(kind: str) -> None:
    text = KINDS[kind](100_000 // len(KINDS[kind](1)))
    assert_sound(text, coded(text))
