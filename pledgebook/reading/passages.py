"""The words around a quote, in pieces that are marked as quote or cue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

# So many characters of the paragraph before and behind are shown.
_REACH = 300
_CUT = "…"

Span = tuple[int, int]


class Piece(NamedTuple):
    """Some words of a text, and whether they belong to the quote, to the cue, to both or to neither."""

    words: str
    in_quote: bool
    in_cue: bool


def passage(commitment: dict[str, Any], text: str | None) -> list[Piece]:
    """The paragraphs of quote and cue; where the text may not be republished, the sentence that the row holds."""
    if text is None:
        sentence = commitment["sentence"]
        return list(_pieces(sentence, 0, len(sentence), *_in_sentence(commitment)))
    quote, cue = (commitment["char_start"], commitment["char_end"]), (commitment["cue_start"], commitment["cue_end"])
    pieces, last = [], 0
    for start, end in _windows(text, sorted([quote, cue])):
        # A paragraph that begins here needs no sign that something stands before it, but one that was passed over does.
        if start and (text[start - 1] != "\n" or last):
            pieces.append(Piece(_CUT, False, False))
        pieces += _pieces(text, start, end, quote, cue)
        last = end
    return [*pieces, Piece(_CUT, False, False)] if last < len(text) and text[last] != "\n" else pieces


def _in_sentence(commitment: dict[str, Any]) -> tuple[Span, Span]:
    """Where quote and cue stand in the sentence of the row; nowhere, when it cannot be told which of several places is meant."""
    sentence, quote, cue = (commitment[name] for name in ("sentence", "quote", "cue"))
    distance = commitment["cue_start"] - commitment["char_start"]
    quotes, cues = _places(sentence, quote), _places(sentence, cue)
    for place in quotes:
        # As far from each other as in the text, unless the sentence is a lead-in with an item from further below.
        if (beside := (place[0] + distance, place[0] + distance + len(cue))) in cues:
            return place, beside
    return tuple(places[0] if len(places) == 1 else (0, 0) for places in (quotes, cues))  # type: ignore[return-value]  # of two


def _places(text: str, words: str) -> list[Span]:
    return [found.span() for found in re.finditer(re.escape(words), text)]


def _windows(text: str, spans: list[Span]) -> list[Span]:
    """What is shown around the spans, in order; as one where little lies between."""
    (start, end), (other, last) = ((_beginning(text, first), _end(text, behind)) for first, behind in spans)
    # The second span may lie within the first.
    return [(start, max(end, last))] if other - end <= _REACH else [(start, end), (other, last)]


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


def _pieces(text: str, start: int, end: int, quote: Span, cue: Span) -> Iterator[Piece]:
    borders = sorted(border for border in {start, end, *quote, *cue} if start <= border <= end)
    for here, there in pairwise(borders):
        yield Piece(text[here:there], quote[0] <= here < quote[1], cue[0] <= here < cue[1])
