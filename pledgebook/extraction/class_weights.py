"""Weights of named features for each class of code lists, and the classes for which most speaks.

The weights are those of a logistic regression, fitted by a script in `benchmarks/` and kept as a file of the lexicon: kind and name of a
feature, class, weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    """classes: the values of each of some code lists, sorted; each feature weighs for some of them."""

    def __init__(self, columns: Sequence[str]) -> None:
        """Reads `<column>_weights.csv` of the lexicon for each column; features that several weigh are looked up once."""
        self.classes: list[list[str]] = []
        self._weights: dict[str, dict[str, list[tuple[int, float]]]] = {}
        for column in columns:
            self._read(column)

    def _read(self, column: str) -> None:
        rows = read_cells(f"{column}_weights", ("kind", "name", column, "weight"))
        classes = sorted({value for _, _, value, _ in rows})
        places = {value: place for place, value in enumerate(classes, start=sum(map(len, self.classes)))}
        self.classes.append(classes)
        # There are few different weights: each is kept once, so that they stay at hand in the processor's cache.
        once: dict[tuple[str, str], tuple[int, float]] = {}
        for kind, feature, value, weight in rows:
            entry = once.setdefault((value, weight), (places[value], float(weight)))
            self._weights.setdefault(kind, {}).setdefault(feature, []).append(entry)

    def sums(self, seen: Iterable[Features]) -> list[float]:
        """What the features say together for each class, in the order of `classes`, one list behind the other."""
        sums = [0.0] * sum(map(len, self.classes))
        for kind, names, value in seen:
            known = self._weights.get(kind, {})
            for name in names:
                if name in known:
                    for place, weight in known[name]:
                        sums[place] += value * weight
        return sums

    def likeliest(self, sums: Sequence[float]) -> list[str]:
        """The class of each list for which most speaks."""
        found, first = [], 0
        for classes in self.classes:
            own = sums[first : first + len(classes)]
            found.append(classes[own.index(max(own))])
            first += len(classes)
        return found


@cache
def class_weights(*columns: str) -> ClassWeights:
    """The weights for the classes of some columns, read once."""
    return ClassWeights(columns)


def values(seen: Iterable[Features]) -> dict[Feature, float]:
    """Each feature by itself, as (kind, name), with its value."""
    return {(kind, name): value for kind, names, value in seen for name in names}
