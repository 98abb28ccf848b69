"""Which candidates are undertakings, and how sure that is: a logistic model over named evidence.

The weights are data, `lexicon/judgement.csv`, fitted by `benchmarks/fit_judgement.py` on the coded documents. A weight above 0 speaks for an
undertaking; the row "always" is the start; "scale" and "shift" turn sums into probabilities such that of the rows at 0.8 about 80 % are
right (Platt 1999); "least" is the confidence below which nothing is published.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
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


def judged(candidates: Iterable[Undertaking]) -> list[Undertaking]:
    """The candidates that count, with their confidence; in and out in the order of their starts. Of those that overlap, the first stays."""
    found: list[Undertaking] = []
    least, reached = weights()[_LEAST], 0
    for candidate in candidates:
        confidence = confidence_of(candidate.evidence)
        if confidence >= least and candidate.start >= reached:
            reached = candidate.end
            found.append(replace(candidate, confidence=round(confidence, 2)))
    return found


@cache
def weights() -> dict[str, float]:
    """The weight of each piece of evidence, read once."""
    return {row["evidence"]: float(row["weight"]) for row in read_rows("judgement", ("evidence", "weight"))}
