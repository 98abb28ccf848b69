"""A statement's text in paragraphs, its quotes and cues marked where they stand.

Offsets are Unicode code points, as Python counts; a browser counts otherwise, so all of it is done here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from pledgebook.reading.passages import Piece
from pledgebook.site.edition import Row

_GAP = re.compile(r"\n\s*\n")


class Span(NamedTuple):
    """Words that are quoted by a commitment or by none, in pieces that belong to a cue or do not; begins: whether the quote begins here."""

    quoted_by: str | None
    begins: bool
    pieces: list[tuple[str, bool]]


class Paragraph(NamedTuple):
    """A paragraph in spans, and the commitments whose quotes begin in it."""

    spans: list[Span]
    commitments: list[Row]


def paragraphs(text: str, commitments: Sequence[Row]) -> Iterator[Paragraph]:
    """The paragraphs of a text; `commitments` are those found in it, in their order, their quotes apart from each other."""
    for start, end in _paragraphs(text):
        begin_here = [row for row in commitments if start <= row["char_start"] < end]
        yield Paragraph(list(_spans(text, start, end, commitments)), begin_here)


def passage_spans(pieces: Sequence[Piece], commitment_id: str) -> list[Span]:
    """A passage, in which one commitment quotes, in spans."""
    grouped = groupby(pieces, lambda piece: piece.in_quote)
    return [
        Span(commitment_id if quoted else None, quoted, [(piece.words, piece.in_cue) for piece in some])
        for quoted, some in grouped
    ]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    borders = [0, *(place for gap in _GAP.finditer(text) for place in gap.span()), len(text)]
    for start, end in zip(borders[::2], borders[1::2], strict=True):
        if start < end:
            yield start, end


def _spans(text: str, start: int, end: int, commitments: Sequence[Row]) -> Iterator[Span]:
    quotes = [(row["char_start"], row["char_end"], row["commitment_id"]) for row in commitments]
    cues = [(row["cue_start"], row["cue_end"]) for row in commitments]
    for here, there in pairwise(_borders(start, end, [quote[:2] for quote in quotes])):
        quote = next((quote for quote in quotes if quote[0] <= here < quote[1]), None)
        pieces = [
            (text[first:last], any(one <= first < other for one, other in cues))
            for first, last in pairwise(_borders(here, there, cues))
        ]
        yield Span(quote[2] if quote else None, quote is not None and quote[0] == here, pieces)


def _borders(start: int, end: int, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Both ends, and in order all places between them where a span begins or ends."""
    return sorted({start, end, *(place for span in spans for place in span if start < place < end)})
