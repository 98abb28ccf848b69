"""Which candidates are undertakings, and how sure that is: a logistic model over named evidence.

The weights are data, `lexicon/judgement.csv`, fitted by `benchmarks/fit_judgement.py` on the coded documents. A weight above 0 speaks for an
undertaking; the row "always" is the start; "scale" and "shift" turn sums into probabilities such that of the rows at 0.8 about 80 % are
right (Platt 1999); "least" is the confidence below which nothing is published.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.undertakings import Undertaking

_ALWAYS, _SCALE, _SHIFT, _LEAST = "always", "scale", "shift", "least"


def confidence_of(evidence: Iterable[str]) -> float:
    """The probability, between 0 and 1, that a candidate with this evidence is an undertaking."""
    known = weights()
    total = known[_ALWAYS] + math.fsum(known[feature] for feature in evidence if feature in known)
    return 1 / (1 + math.exp(-(known[_SHIFT] + known[_SCALE] * total)))


def could_count(sure: Iterable[str], choices: Iterable[Sequence[str]], perhaps: Iterable[str]) -> bool:
    """Whether a candidate may count that has the `sure` evidence, one of each of the `choices`, and any of what it `perhaps` has.

    Exact, not an estimate: no such candidate has a higher confidence than the one that has all that speaks for it and nothing else.
    """
    known = weights()
    best = [max(choice, key=lambda feature: known.get(feature, 0.0)) for choice in choices]
    favourable = [feature for feature in perhaps if known.get(feature, 0.0) > 0]
    return confidence_of((*sure, *best, *favourable)) >= known[_LEAST]


def judged(candidates: Iterable[Undertaking]) -> list[Undertaking]:
    """The candidates that count, with their confidence, in reading order; of those that overlap, the ones that are surest together."""
    least = weights()[_LEAST]
    sure = [replace(candidate, confidence=confidence_of(candidate.evidence)) for candidate in candidates]
    sure = sorted((item for item in sure if item.confidence >= least), key=lambda item: item.end)
    return [replace(item, confidence=round(item.confidence, 2)) for item in _surest(sure)]


def _surest(ordered: list[Undertaking]) -> list[Undertaking]:
    """The choice without overlaps whose confidence adds up to most; in and out in the order of the ends (weighted interval scheduling)."""
    ends = [item.end for item in ordered]
    sums, takes, before = [0.0], [False], [0]
    for place, item in enumerate(ordered):
        free = bisect_right(ends, item.start, 0, place)
        taken = sums[free] + item.confidence
        takes.append(taken > sums[-1])
        before.append(free)
        sums.append(max(taken, sums[-1]))
    chosen, place = [], len(ordered)
    while place:
        if takes[place]:
            chosen.append(ordered[place - 1])
        place = before[place] if takes[place] else place - 1
    return chosen[::-1]


@cache
def weights() -> dict[str, float]:
    """The weight of each piece of evidence, read once."""
    return {row["evidence"]: float(row["weight"]) for row in read_rows("judgement", ("evidence", "weight"))}
