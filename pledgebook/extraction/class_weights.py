"""Weights of named features for each class of a code list, and the class for which most speaks.

The weights are those of a logistic regression, fitted by a script in `benchmarks/` and kept as a file of the lexicon: kind and name of a
feature, class, weight.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pledgebook.extraction.lexicon_files import read_rows

Feature = tuple[str, str]


class ClassWeights:
    """classes: the code list's values in the file, sorted; each feature weighs for some of them."""

    def __init__(self, name: str, column: str) -> None:
        """Reads the file `name` of the lexicon, whose classes stand in `column`."""
        rows = read_rows(name, ("kind", "name", column, "weight"))
        self.classes = sorted({row[column] for row in rows})
        places = {value: place for place, value in enumerate(self.classes)}
        self._weights: dict[Feature, list[tuple[int, float]]] = {}
        for row in rows:
            weights = self._weights.setdefault((row["kind"], row["name"]), [])
            weights.append((places[row[column]], float(row["weight"])))

    def sums(self, features: Iterable[tuple[Feature, float]]) -> list[float]:
        """What the features, each with its value, say together for each class, in the order of `classes`."""
        sums = [0.0] * len(self.classes)
        for feature, value in features:
            for place, weight in self._weights.get(feature, ()):
                sums[place] += value * weight
        return sums


@cache
def class_weights(name: str, column: str) -> ClassWeights:
    """The weights of a file of the lexicon, read once."""
    return ClassWeights(name, column)
