"""The words around a quote, in pieces that are marked as quote or cue."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

# So many characters of the paragraph before and behind are shown.
_REACH = 300
_CUT = "…"


class Piece(NamedTuple):
    """Some words of a text, and whether they belong to the quote, to the cue, to both or to neither."""

    words: str
    in_quote: bool
    in_cue: bool


def passage(commitment: dict[str, Any], text: str | None) -> list[Piece]:
    """The paragraphs of quote and cue; where the text may not be republished, the sentence that the row holds."""
    spans = [(commitment["char_start"], commitment["char_end"]), (commitment["cue_start"], commitment["cue_end"])]
    if text is None:
        text = commitment["sentence"]
        spans = [_within(text, commitment[name]) for name in ("quote", "cue")]
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    start, end = _beginning(text, first), _end(text, last)
    pieces = list(_pieces(text, start, end, *spans))
    before = [Piece(_CUT, False, False)] if start and text[start - 1] != "\n" else []
    behind = [Piece(_CUT, False, False)] if end < len(text) and text[end] != "\n" else []
    return [*before, *pieces, *behind]


def _within(text: str, words: str) -> tuple[int, int]:
    place = max(text.find(words), 0)
    return place, place + len(words)


def _beginning(text: str, first: int) -> int:
    """Where the paragraph begins, or a word not too far before."""
    paragraph = text.rfind("\n\n", 0, first) + 2 if "\n\n" in text[:first] else 0
    near = first - _REACH
    return paragraph if paragraph >= near else text.find(" ", near, first) + 1 or near


def _end(text: str, last: int) -> int:
    """Where the paragraph ends, or a word not too far behind."""
    paragraph = text.find("\n\n", last)
    paragraph = len(text) if paragraph < 0 else paragraph
    near = last + _REACH
    return paragraph if paragraph <= near else text.rfind(" ", last, near) if " " in text[last:near] else near


def _pieces(text: str, start: int, end: int, quote: tuple[int, int], cue: tuple[int, int]) -> Iterator[Piece]:
    borders = sorted({start, end, *quote, *cue})
    for here, there in pairwise(borders):
        yield Piece(text[here:there], quote[0] <= here < quote[1], cue[0] <= here < cue[1])
