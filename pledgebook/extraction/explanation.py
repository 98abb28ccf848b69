"""Why a row was found, or was not: each candidate of a document with what spoke for and against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pledgebook.extraction.document import DocumentReader, Statement
from pledgebook.extraction.judgement import confidence_of, judged
from pledgebook.extraction.undertakings import Undertaking
from pledgebook.extraction.weighing import THOUSAND, every, weights

_MOST = 5
_SIGN = "sign "


@dataclass(frozen=True)
class Explanation:
    """One candidate: its sentence, quote and cue, who would be bound, how sure, whether it counts, and why.

    signs: what in the codebook's "do not count" it looks like; reasons: the weightiest pieces of evidence with their weights, above 0 for
    an undertaking, below 0 against one; by size.
    """

    sentence: str
    quote: str
    cue: str
    actors: tuple[str, ...]
    confidence: float
    counts: bool
    signs: tuple[str, ...]
    reasons: tuple[tuple[str, float], ...]


def explain(statement: Statement) -> Iterator[Explanation]:
    """Every candidate of a statement in reading order, those that do not count included."""
    for candidates in DocumentReader(statement).candidates():
        counted = {(item.start, item.end) for item in judged(candidates)}
        for candidate in candidates:
            yield _explained(candidate, statement.text, (candidate.start, candidate.end) in counted)


def _explained(candidate: Undertaking, text: str, counts: bool) -> Explanation:
    known, pieces = weights(), every(candidate.evidence)
    weighed = {piece: known[piece] / THOUSAND for piece in pieces if piece in known}
    reasons = sorted(weighed.items(), key=lambda reason: (-abs(reason[1]), reason[0]))[:_MOST]
    return Explanation(
        text[candidate.sentence.start : candidate.sentence.end],
        text[candidate.start : candidate.end],
        text[candidate.cue_start : candidate.cue_end],
        candidate.actors,
        round(confidence_of(candidate.evidence), 2),
        counts,
        tuple(piece.removeprefix(_SIGN) for piece in pieces if piece.startswith(_SIGN)),
        tuple(reasons),
    )
