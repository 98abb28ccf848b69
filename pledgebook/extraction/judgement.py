"""Which candidates are undertakings, and how sure that is: a logistic model over named evidence.

The weights are data, `lexicon/judgement.csv`, fitted by `benchmarks/fit_judgement.py` on the coded documents. A weight above 0 speaks for an
undertaking; the row "always" is the start; "scale" and "shift" turn sums into probabilities such that of the rows at 0.8 about 80 % are
right (Platt 1999); "least" is the confidence below which nothing is published.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from pledgebook.extraction.undertakings import Undertaking
from pledgebook.extraction.weighing import THOUSAND, Evidence, weights

_ALWAYS, _SCALE, _SHIFT, _LEAST = "always", "scale", "shift", "least"


def confidence_of(evidence: Iterable[Evidence]) -> float:
    """The probability, between 0 and 1, that a candidate with this evidence is an undertaking."""
    return _confidence(sum(part.weight for part in evidence))


def _confidence(weight: int) -> float:
    known = weights()
    total = (known[_ALWAYS] + weight) / THOUSAND
    return 1 / (1 + math.exp(-(known[_SHIFT] / THOUSAND + known[_SCALE] / THOUSAND * total)))


def could_count(sure: Iterable[Evidence], choices: Iterable[Sequence[str]], perhaps: Evidence) -> bool:
    """Whether a candidate may count that has the `sure` evidence, one of each of the `choices`, and any of what it `perhaps` has.

    Exact, not an estimate: no such candidate has a higher confidence than the one that has all that speaks for it and nothing else.
    """
    known = weights()
    least = known[_LEAST] / THOUSAND
    weight = sum(part.weight for part in sure) + sum(max(known.get(name, 0) for name in choice) for choice in choices)
    return _confidence(weight) >= least or _confidence(weight + perhaps.favourable) >= least


def judged(candidates: Iterable[Undertaking]) -> list[Undertaking]:
    """The candidates that count, with their confidence, in reading order; of those that overlap, the ones that are surest together."""
    least = weights()[_LEAST] / THOUSAND
    sure = [candidate._replace(confidence=confidence_of(candidate.evidence)) for candidate in candidates]
    sure = sorted((item for item in sure if item.confidence >= least), key=lambda item: item.end)
    return [item._replace(confidence=round(item.confidence, 2)) for item in _surest(sure)]


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
