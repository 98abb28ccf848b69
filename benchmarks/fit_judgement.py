"""Fit the weights of `pledgebook/extraction/lexicon/judgement.csv` by logistic regression.

    python benchmarks/fit_judgement.py RELEASE_DIR CODED... [--write]

Learns which candidates share a third of the union of both spans with a coded quote, so that a quote cut a little wrong still counts as
found; the confidence is then calibrated on those that share half, as `score.py` counts. Prints precision and recall in a cross-validation
by document, with `--write` fits on all documents and writes the file. Needs scikit-learn, which the extractor does not. Evidence counts
when it occurs in at least `LEAST_DOCUMENTS` documents.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import numpy as np
from coded_documents import CodedDocument, asked_for
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline

from pledgebook.extraction.document import DocumentReader
from pledgebook.extraction.lexicon_files import LEXICON
from pledgebook.extraction.tables import statement_of
from pledgebook.extraction.undertakings import Undertaking
from pledgebook.extraction.weighing import every

LEAST_DOCUMENTS = 5
LEAST_WEIGHT = 0.015
FOUND, MATCHED = 0.3, 0.5
FOLDS = 10
STRENGTH = 0.15
# Words are many and say little each, and other issuers use others: a smaller share is a stronger penalty on their weights.
SHARES = {"sentence": 0.5, "word": 0.5, "words": 0.5}
NEARLY = 0.97


def candidates(document: CodedDocument) -> list[Undertaking]:
    """All candidates of a document, in reading order."""
    reader = DocumentReader(statement_of(document.readout))
    return [item for sentence in reader.candidates() for item in sentence]


def is_right(candidate: Undertaking, document: CodedDocument, least: float = FOUND) -> bool:
    """Whether a coded quote shares at least the part `least` of the union of both with the candidate."""
    return any(overlap(candidate, item["start"], item["end"]) >= least for item in document.items)


def overlap(candidate: Undertaking, start: int, end: int) -> float:
    """The part of the union of a candidate and a coded quote `text[start:end]` that both share, 0 to 1."""
    shared = min(candidate.end, end) - max(candidate.start, start)
    return max(shared, 0) / (max(candidate.end, end) - min(candidate.start, start))


def usable(evidence: list[tuple[str, ...]], documents: list[str]) -> set[str]:
    """Evidence that occurs in enough documents."""
    seen = {(feature, name) for features, name in zip(evidence, documents, strict=True) for feature in features}
    counts = Counter(feature for feature, _ in seen)
    return {feature for feature, number in counts.items() if number >= LEAST_DOCUMENTS}


def vectors(evidence: list[tuple[str, ...]], kept: set[str]) -> list[dict[str, float]]:
    """Each candidate as its usable evidence."""
    return [{feature: share_of(feature) for feature in features if feature in kept} for features in evidence]


def share_of(feature: str) -> float:
    """The value of a piece of evidence that is there."""
    return SHARES.get(feature.split(" ")[0], 1.0)


def model() -> Pipeline:
    """Evidence in columns, then the regression with a ridge penalty."""
    return make_pipeline(DictVectorizer(), LogisticRegression(C=STRENGTH, max_iter=2000))


def calibration(guesses: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Scale and shift that turn sums of weights into probabilities, from guesses on documents not fitted on (Platt 1999)."""
    sums = np.log(guesses / (1 - guesses)).reshape(-1, 1)
    fitted = LogisticRegression(C=1e6).fit(sums, right)
    return float(fitted.coef_[0][0]), float(fitted.intercept_[0])


def best_threshold(guesses: np.ndarray, right: np.ndarray) -> float:
    """The highest guess from which on keeping candidates gives nearly the best F1: a wrong row is worse than a missing one."""
    scores = {float(least): f1_score(right, guesses >= least) for least in np.arange(0.3, 0.71, 0.02)}
    return max(least for least, score in scores.items() if score >= NEARLY * max(scores.values()))


def rows(fitted: Pipeline, calibrated: dict[str, float]) -> list[tuple[str, float]]:
    """The weights that matter, as rows of the file, behind the start and what turns sums into probabilities."""
    names, regression = fitted[0].get_feature_names_out(), fitted[1]
    weights = sorted(
        (str(name), round(float(weight) * share_of(name), 3))
        for name, weight in zip(names, regression.coef_[0], strict=True)
    )
    kept = [row for row in weights if abs(row[1]) >= LEAST_WEIGHT]
    return [("always", round(float(regression.intercept_[0]), 2)), *calibrated.items(), *kept]


def fitted_rows(documents: list[CodedDocument]) -> list[tuple[str, float]]:
    """Fit on the documents; return the rows of the file, and print what the cross-validation gives."""
    found = [(item, document) for document in documents for item in candidates(document)]
    names = [document.readout["readout_id"] for _, document in found]
    right = np.array([is_right(item, document) for item, document in found])
    matched = np.array([is_right(item, document, MATCHED) for item, document in found])
    evidence = [every(item.evidence) for item, _ in found]
    columns = vectors(evidence, usable(evidence, names))
    folds = GroupKFold(FOLDS)
    guesses = cross_val_predict(model(), columns, right, groups=names, cv=folds, method="predict_proba")[:, 1]
    threshold = best_threshold(guesses, matched)
    kept = guesses >= threshold
    print(f"at {threshold:.2f}: precision {right[kept].mean():.3f}, recall {right[kept].sum() / right.sum():.3f}")
    scale, shift = calibration(guesses[kept], matched[kept])
    least = 1 / (1 + np.exp(-(shift + scale * np.log(threshold / (1 - threshold)))))
    calibrated = {"scale": round(scale, 3), "shift": round(shift, 3), "least": round(float(least), 3)}
    return rows(model().fit(columns, right), calibrated)


def write(documents: list[CodedDocument], path: Path) -> int:
    """Fit on the documents, write the file, and say how many rows it holds."""
    written = fitted_rows(documents)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("evidence", "weight"), *written])
    return len(written)


def main() -> None:
    """Cross-validate, then write the file when asked to."""
    documents, writing = asked_for(__doc__)
    if writing:
        print(f"{write(documents, LEXICON / 'judgement.csv')} rows written")
    else:
        fitted_rows(documents)


if __name__ == "__main__":
    main()
