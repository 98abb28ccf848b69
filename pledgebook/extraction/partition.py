"""How a clause falls into undertakings: where each quote ends, and whether another follows.

Codebook, section 1: joined verbs with the same object are one, with different objects they are separate; a purpose clause belongs to what
it serves; asides stay out. At each boundary a logistic model weighs going on, stopping and parting (`lexicon/boundaries.csv`, fitted by
`benchmarks/fit_boundaries.py`); a quote then ends where its expected overlap with the right one is largest.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from pledgebook.extraction.boundaries import Boundary, Clause, boundaries
from pledgebook.extraction.boundary_evidence import KINDS_OF_WORDS, NEAR, RECURRING, Pieces, evidence
from pledgebook.extraction.clause_ends import without_stop
from pledgebook.extraction.conjuncts import Span
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.lexicon_files import one_of, read_cells
from pledgebook.extraction.words import Tokens, verb_forms

ON, PART, STOP = "on", "part", "stop"
DECISIONS = (ON, PART, STOP)
# A clause with more boundaries than a reader would count is cut short, so that time stays linear in its length.
_MOST_BOUNDARIES = 60
# Where a part has ended before with this chance left, what lies behind decides nothing.
_HARDLY = 0.02

_Weights = tuple[float, float, float]


def parts(tokens: Tokens, clause: Clause, verb: str) -> list[Span]:
    """The undertakings of a clause as spans, in order; `verb` is the base form of the first one's verb, or ""."""
    places = boundaries(tokens, clause)
    found: list[Span] = []
    start, own_verb = clause.first, verb
    while places:
        chosen, parting = _end(tokens, clause, places[:_MOST_BOUNDARIES], start)
        boundary = places[chosen]
        found.append(Span(start, max(without_stop(tokens, boundary.end), start + 1), own_verb))
        places = places[chosen + 1 :]
        if not parting:
            break
        start = boundary.resume
        own_verb = _verb(tokens, start)
    return found


def _end(tokens: Tokens, clause: Clause, places: Sequence[Boundary], start: int) -> tuple[int, bool]:
    """Which boundary ends the part that began at `start`, and whether another part follows."""
    ending: list[float] = []
    parting: list[bool] = []
    reached = 1.0
    for boundary in places[:-1]:
        if reached < _HARDLY:
            break
        chances = decide(evidence(tokens, clause, boundary, start))
        ending.append(reached * (1 - chances[ON]))
        parting.append(chances[PART] > chances[STOP])
        reached *= chances[ON]
    ending.append(reached)
    parting.append(False)
    lengths = [max(boundary.end - start, 1) for boundary in places[: len(ending)]]
    expected = [
        math.fsum(
            chance * min(length, other) / max(length, other) for chance, other in zip(ending, lengths, strict=True)
        )
        for length in lengths
    ]
    best = max(range(len(ending)), key=expected.__getitem__)
    return best, parting[best]


def decide(evidence: Iterable[Pieces]) -> dict[str, float]:
    """The probability of each decision, given the evidence at a boundary."""
    on, part, stop = weights()[NEAR]["always"]
    for kind, names in evidence:
        known = _recurring(tuple(names)) if kind == RECURRING else _known(kind, names)
        # One by one in this order: sums of floats depend on it.
        for for_on, for_part, for_stop in known:
            on += for_on
            part += for_part
            stop += for_stop
    highest = max(on, part, stop)
    exponents = [math.exp(total - highest) for total in (on, part, stop)]
    total = sum(exponents)
    return {decision: exponent / total for decision, exponent in zip(DECISIONS, exponents, strict=True)}


def _known(kind: str, names: Iterable[str]) -> list[_Weights]:
    of_kind = weights()[kind]
    return [of_kind[name] for name in names if name in of_kind]


@lru_cache(maxsize=20_000)
def _recurring(names: tuple[str, ...]) -> list[_Weights]:
    return _known(NEAR, names)


def forget() -> None:
    """Let the weights be read again."""
    weights.cache_clear()
    _recurring.cache_clear()


def _verb(tokens: Tokens, start: int) -> str:
    index = start
    while index < len(tokens) - 1 and (tokens.words[index] in ("to", "by") or grammar().adverb(tokens.words[index])):
        index += 1
    word, forms = tokens.words[index], verb_forms()
    return forms.base.get(word) or forms.gerund.get(word) or ""


@cache
def weights() -> dict[str, dict[str, _Weights]]:
    """By the kind of evidence and its name, the weights for the decisions in their order, read once."""
    found: dict[str, dict[str, float]] = {}
    # There are few different weights: each is kept once, so that they stay at hand in the processor's cache.
    once: dict[str, float] = {}
    for name, decision, weight in read_cells("boundaries", ("evidence", "decision", "weight")):
        one_of({"evidence": name, "decision": decision}, "decision", DECISIONS, "boundaries")
        found.setdefault(name, {})[decision] = once.setdefault(weight, float(weight))
    known = {name: (by.get(ON, 0.0), by.get(PART, 0.0), by.get(STOP, 0.0)) for name, by in found.items()}
    of_words: dict[str, dict[str, _Weights]] = {kind: {} for kind in KINDS_OF_WORDS}
    for name, by_decision in known.items():
        kind, _, word = name.partition(" ")
        if kind in of_words:
            of_words[kind][sys.intern(word)] = by_decision
    return {NEAR: known, **of_words}
