"""Weights of named features for each class of a code list, and the class for which most speaks.

The weights are those of a logistic regression, fitted by a script in `benchmarks/` and kept as a file of the lexicon: kind and name of a
feature, class, weight.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from pledgebook.extraction.lexicon_files import read_cells

Feature = tuple[str, str]


class Features(NamedTuple):
    """Features of one kind, each once, and the value that each of them has."""

    kind: str
    names: Iterable[str]
    value: float = 1.0


class ClassWeights:
    """classes: the code list's values in the file, sorted; each feature weighs for some of them."""

    def __init__(self, name: str, column: str) -> None:
        """Reads the file `name` of the lexicon, whose classes stand in `column`."""
        rows = read_cells(name, ("kind", "name", column, "weight"))
        self.classes = sorted({value for _, _, value, _ in rows})
        places = {value: place for place, value in enumerate(self.classes)}
        self._weights: dict[str, dict[str, list[tuple[int, float]]]] = {}
        # There are few different weights: each is kept once, so that they stay at hand in the processor's cache.
        once: dict[tuple[str, str], tuple[int, float]] = {}
        for kind, feature, value, weight in rows:
            entry = once.setdefault((value, weight), (places[value], float(weight)))
            self._weights.setdefault(kind, {}).setdefault(feature, []).append(entry)

    def sums(self, seen: Iterable[Features]) -> list[float]:
        """What the features say together for each class, in the order of `classes`."""
        sums = [0.0] * len(self.classes)
        for kind, names, value in seen:
            known = self._weights.get(kind, {})
            for name in names:
                if name in known:
                    for place, weight in known[name]:
                        sums[place] += value * weight
        return sums

    def likeliest(self, seen: Iterable[Features]) -> str:
        """The class for which most speaks."""
        sums = self.sums(seen)
        return self.classes[sums.index(max(sums))]


@cache
def class_weights(name: str, column: str) -> ClassWeights:
    """The weights of a file of the lexicon, read once."""
    return ClassWeights(name, column)


def values(seen: Iterable[Features]) -> dict[Feature, float]:
    """Each feature by itself, as (kind, name), with its value."""
    return {(kind, name): value for kind, names, value in seen for name in names}
