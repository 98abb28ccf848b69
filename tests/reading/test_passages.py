"""The words around a quote, in the text and where there is none."""

from __future__ import annotations

from typing import Any

import pytest

from pledgebook.reading.passages import Piece, passage

HELP = "It will help Norway, and it will help Norway again."


def row(sentence: str, quote: tuple[str, int], cue: tuple[str, int]) -> dict[str, Any]:
    """A commitment whose quote and cue begin at those places of its text."""
    return {
        **{"sentence": sentence, "quote": quote[0], "char_start": quote[1], "char_end": quote[1] + len(quote[0])},
        **{"cue": cue[0], "cue_start": cue[1], "cue_end": cue[1] + len(cue[0])},
    }


def marked(pieces: list[Piece]) -> str:
    """The words, those of the quote in brackets and those of the cue with stars."""
    return "".join(
        f"[{piece.words}]"
        if piece.in_quote and not piece.in_cue
        else f"*{piece.words}*"
        if piece.in_cue
        else piece.words
        for piece in pieces
    )


@pytest.mark.parametrize(
    ("quote", "cue", "shown"),
    [
        (("help Norway", 8), ("will", 3), "It *will* [help Norway], and it will help Norway again."),
        # Of several places the one that is as far from the cue as in the text.
        (("help Norway", 112), ("will", 92), "It will help Norway, and it will help Norway again."),
        (("will help Norway again", 128), ("will", 128), "It will help Norway, and it *will*[ help Norway again]."),
    ],
)
def test_without_a_text_nothing_is_marked_that_may_be_another_place(quote: Any, cue: Any, shown: str) -> None:
    assert marked(passage(row(HELP, quote, cue), None)) == shown


def test_of_two_equal_quotes_the_one_beside_its_cue_is_meant() -> None:
    pieces = passage(
        row("We help Norway where we can and shall help Norway.", ("help Norway", 38), ("shall", 32)), None
    )
    assert marked(pieces) == "We help Norway where we can and *shall* [help Norway]."


def test_a_lead_in_far_above_its_item_is_shown_without_what_lies_between() -> None:
    items = "\n\n".join(f"item {number} " + "word " * 60 for number in range(4))
    text = f"Before.\n\nThey will:\n\n{items}\n\nopen an office\n\nBehind."
    at = text.index("open an office")
    shown = marked(passage(row("", ("open an office", at), ("will", text.index("will"))), text))
    assert shown == "They *will*:…[open an office]"
    nearer = text.replace("word " * 60, "")
    at = nearer.index("open an office")
    assert "item 2" in marked(passage(row("", ("open an office", at), ("will", text.index("will"))), nearer))
