"""Fit the weights of `pledgebook/extraction/lexicon/boundaries.csv` by multinomial logistic regression.

    python benchmarks/fit_boundaries.py RELEASE_DIR CODED... [--write]

Learns from the clauses in which a coded quote begins: at each boundary the coded quote goes on, stops, or another one follows. Prints
agreement and F1 of each decision in a cross-validation by document; with `--write` fits on all documents and writes the file. Needs
scikit-learn, which the extractor does not. Evidence counts when it occurs at least `LEAST_TIMES` times.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from coded_documents import CodedDocument, Item, asked_for
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import classification_report
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline

from pledgebook.extraction.boundaries import Boundary, Clause, boundaries
from pledgebook.extraction.boundary_evidence import every, evidence
from pledgebook.extraction.document import DocumentReader
from pledgebook.extraction.lexicon_files import LEXICON
from pledgebook.extraction.partition import ON, PART, STOP
from pledgebook.extraction.tables import statement_of
from pledgebook.extraction.words import Tokens

LEAST_TIMES = 6
LEAST_WEIGHT = 0.02
FOLDS = 10
STRENGTH = 0.1
# Two undertakings in one row lose one of them: parting gets a head start.
FAVOUR_PARTS = 0.45
# A coded quote may begin some words before the committing verb, with its subject or an opening adjunct.
_EARLIER = 60
_NEAR = 2

Example = tuple[list[str], str]


def examples(document: CodedDocument) -> list[Example]:
    """Evidence and right decision at each boundary of the clauses in which a coded quote begins."""
    clauses = DocumentReader(statement_of(document.readout)).clauses()
    return [example for tokens, clause in clauses for example in _of_clause(tokens, clause, document.items)]


def _of_clause(tokens: Tokens, clause: Clause, items: list[Item]) -> Iterator[Example]:
    item = _first_item(tokens, clause, items)
    start = clause.first
    for boundary in boundaries(tokens, clause)[:-1]:
        if item is None:
            return
        features = every(evidence(tokens, clause, boundary, start))
        if tokens.ends[boundary.end - 1] < item["end"] - 1:
            yield features, ON
            continue
        item = _next_item(tokens, clause, boundary, items, item)
        yield features, PART if item else STOP
        start = boundary.resume


def _first_item(tokens: Tokens, clause: Clause, items: list[Item]) -> Item | None:
    begins, head = tokens.starts[clause.first], tokens.starts[clause.head]
    near = [
        item for item in items if begins - _EARLIER <= item["start"] <= tokens.ends[clause.head] and item["end"] > head
    ]
    return min(near, key=lambda item: abs(int(item["start"]) - begins), default=None)


def _next_item(tokens: Tokens, clause: Clause, boundary: Boundary, items: list[Item], item: Item) -> Item | None:
    """The coded quote that begins behind a boundary inside the clause."""
    if boundary.resume >= clause.end:
        return None
    last = tokens.starts[min(boundary.resume + _NEAR, clause.end - 1)]
    return next((other for other in items if item["end"] <= other["start"] <= last), None)


def model() -> Pipeline:
    """Evidence in columns, then the regression with a ridge penalty."""
    return make_pipeline(DictVectorizer(), LogisticRegression(C=STRENGTH, max_iter=2000))


def columns(found: list[list[str]]) -> list[dict[str, float]]:
    """Each example as the evidence that occurs often enough."""
    counts = Counter(feature for features in found for feature in features)
    return [
        dict.fromkeys((feature for feature in features if counts[feature] >= LEAST_TIMES), 1.0) for features in found
    ]


def rows(fitted: Pipeline) -> list[tuple[str, str, float]]:
    """The weights that matter, as rows of the file."""
    names, regression = fitted[0].get_feature_names_out(), fitted[1]
    start = [
        ("always", str(decision), round(float(weight) + FAVOUR_PARTS * (decision == PART), 2))
        for decision, weight in zip(regression.classes_, regression.intercept_, strict=True)
    ]
    weights = [
        (str(name), str(decision), round(float(weight), 2))
        for decision, coefficients in zip(regression.classes_, regression.coef_, strict=True)
        for name, weight in zip(names, coefficients, strict=True)
    ]
    return start + sorted(row for row in weights if abs(row[2]) >= LEAST_WEIGHT)


def write(documents: list[CodedDocument], path: Path) -> int:
    """Fit on the documents, write the file, and say how many weights it holds."""
    features, decisions = zip(*(example for document in documents for example in examples(document)), strict=True)
    written = rows(model().fit(columns(list(features)), decisions))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("evidence", "decision", "weight"), *written])
    return len(written)


def main() -> None:
    """Cross-validate, then fit and write when asked to."""
    documents, writing = asked_for(__doc__)
    found = [(*example, place) for place, document in enumerate(documents) for example in examples(document)]
    features, decisions, groups = (list(part) for part in zip(*found, strict=True))
    guesses = cross_val_predict(model(), columns(features), decisions, groups=groups, cv=GroupKFold(FOLDS))
    print(classification_report(decisions, guesses, digits=3))
    if writing:
        print(f"{write(documents, LEXICON / 'boundaries.csv')} weights written")


if __name__ == "__main__":
    main()
