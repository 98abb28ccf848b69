"""Fit the weights of `pledgebook/extraction/lexicon/side_weights.csv` by logistic regression.

    python benchmarks/fit_sides.py RELEASE_DIR CODED... [--write]

Actors and act are taken as coded, so that only the choice of sides is fitted. Prints the mean Jaccard overlap and the share of exact sets
of a cross-validation by document; with `--write` fits on all documents and writes the file. Needs scikit-learn, which the extractor
itself does not. A feature is used when it occurs in at least `LEAST_DOCUMENTS` documents; words written with a capital letter are names
and left out, so that no country stands for a side.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from class_model import names_in
from coded_documents import CodedDocument, asked_for
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from pledgebook.extraction.beneficiaries import choose
from pledgebook.extraction.lexicon_files import LEXICON
from pledgebook.extraction.parties import parties_of
from pledgebook.extraction.regions import with_regions
from pledgebook.extraction.scene import Candidate, Scene, candidates
from pledgebook.extraction.segmentation import sentences
from pledgebook.extraction.side_features import features
from pledgebook.extraction.terms import stems

LEAST_DOCUMENTS = 6
LEAST_WEIGHT = 0.03
FOLDS = 8
STRENGTH = 0.5
# Words are many and say little each: a smaller value is a stronger penalty on their weights.
SCALES = {"quote": 0.3, "quote of party": 0.4, "quote of other": 0.3, "near before": 0.5, "before": 0.3, "after": 0.5}
NEITHER, SIDES = "neither", ("recipient", "target")

Name = tuple[str, str]


class Item(NamedTuple):
    """One coded undertaking: its document, its candidates with their features, and the coded sets."""

    document: str
    candidates: list[tuple[Candidate, list[Name]]]
    sides: dict[str, set[str]]

    def side_of(self, code: str) -> str:
        """The side on which a candidate was coded."""
        return next((side for side, codes in self.sides.items() if code in codes), NEITHER)


def read_items(documents: list[CodedDocument]) -> tuple[list[Item], set[str]]:
    """All coded undertakings of the documents, and the stems of words that are names."""
    names = names_in(document.readout["text"] for document in documents)
    return [item for document in documents for item in _items(document)], names


def _items(document: CodedDocument) -> Iterator[Item]:
    readout = document.readout
    text, title = readout["text"], readout["title"]
    parties, mentions = parties_of(title, text, readout["issuer"], tuple(readout["participants"]), readout["date"])
    mentions = with_regions(text, mentions)
    found = list(sentences(text))
    starts = [sentence.start for sentence in found]
    for coded in document.items:
        sentence = found[max(bisect_right(starts, coded["start"]) - 1, 0)]
        place = coded["start"], coded["end"]
        scene = Scene(text, title, *place, sentence, parties, mentions, tuple(coded["actors"]), coded["act"])
        rivals = candidates(scene)
        seen = [(rival, features(rival, rivals, scene)) for rival in rivals]
        yield Item(document.name, seen, {"recipient": set(coded["recipients"]), "target": set(coded["targets"])})


def usable_features(items: list[Item], names: set[str]) -> set[Name]:
    """Features that occur in enough documents, without the names."""
    documents: dict[Name, set[str]] = {}
    for item in items:
        for _, found in item.candidates:
            for feature in found:
                documents.setdefault(feature, set()).add(item.document)
    return {
        feature
        for feature, places in documents.items()
        if len(places) >= LEAST_DOCUMENTS and not names.intersection(stems(feature[1]))
    }


class Model:
    """A regression with the two sides against neither; without an intercept: the feature "always" is one the runtime knows."""

    def __init__(self, items: list[Item], usable: set[Name]) -> None:
        self._usable, self._vectors = usable, DictVectorizer()
        rows = [(found, item.side_of(rival.code)) for item in items for rival, found in item.candidates]
        matrix = self._vectors.fit_transform([self._values(found) for found, _ in rows])
        regression = LogisticRegression(C=STRENGTH, max_iter=5000, fit_intercept=False)
        regression.fit(matrix, [side for _, side in rows])
        weights = dict(zip(regression.classes_, regression.coef_, strict=True))
        names = [tuple(name.split("\t")) for name in self._vectors.get_feature_names_out()]
        self.weights = {
            (name, side): round(float(weight) * SCALES.get(name[0], 1.0), 2)
            for side in SIDES
            for name, weight in zip(names, weights[side] - weights[NEITHER], strict=True)
        }

    def _values(self, found: list[Name]) -> dict[str, float]:
        return {"\t".join(feature): SCALES.get(feature[0], 1.0) for feature in found if feature in self._usable}

    def guess(self, item: Item) -> dict[str, set[str]]:
        """Each side's codes, by the rule of the runtime."""
        chosen = choose(
            [(rival, self._sum("recipient", found), self._sum("target", found)) for rival, found in item.candidates]
        )
        return {"recipient": set(chosen.recipients), "target": set(chosen.targets)}

    def _sum(self, side: str, found: list[Name]) -> float:
        return sum(self.weights.get((feature, side), 0.0) for feature in found)


def overlap(coded: set[str], guessed: set[str]) -> float:
    """Jaccard overlap; 1 when both are empty."""
    return len(coded & guessed) / len(coded | guessed) if coded | guessed else 1.0


def report(items: list[Item], guesses: list[dict[str, set[str]]]) -> str:
    """Mean overlap and share of exact sets of each side."""
    parts = []
    for side in SIDES:
        pairs = [(item.sides[side], guess[side]) for item, guess in zip(items, guesses, strict=True)]
        exact = sum(coded == guessed for coded, guessed in pairs) / len(pairs)
        parts.append(f"{side} overlap {sum(overlap(*pair) for pair in pairs) / len(pairs):.3f} exact {exact:.3f}")
    return "  ".join(parts)


def cross_validate(items: list[Item], names: set[str]) -> list[dict[str, set[str]]]:
    """Guesses for each undertaking by a model that saw no undertaking of its document."""
    guesses: list[dict[str, set[str]]] = [{} for _ in items]
    for seen, unseen in GroupKFold(FOLDS).split(np.arange(len(items)), groups=[item.document for item in items]):
        learned = [items[place] for place in seen]
        fitted = Model(learned, usable_features(learned, names))
        for place in unseen:
            guesses[place] = fitted.guess(items[place])
    return guesses


def write_weights(documents: list[CodedDocument], path: Path) -> int:
    """Fit on the documents, write the weights that matter, and say how many there are."""
    items, names = read_items(documents)
    weights = Model(items, usable_features(items, names)).weights
    rows = sorted((*name, side, weight) for (name, side), weight in weights.items() if abs(weight) >= LEAST_WEIGHT)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("kind", "name", "side", "weight"), *rows])
    return len(rows)


def main() -> None:
    """Cross-validate, then fit and write when asked to."""
    documents, writing = asked_for(__doc__)
    items, names = read_items(documents)
    print(report(items, cross_validate(items, names)))
    if writing:
        print(f"{write_weights(documents, LEXICON / 'side_weights.csv')} weights written")


if __name__ == "__main__":
    main()
