"""How far the column `confidence` can be trusted, and what a user gains by a higher threshold.

Calibration error: mean distance of confidence and share of matched rows over ten bins of equal width, by their rows. Brier score beside
that of a constant (Brier 1950). Area under the ROC curve: how often a matched row has the higher confidence of two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import brier_score_loss, roc_auc_score

from pledgebook.evaluation.scores import Matched

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Rows of one bin: mean confidence, share of them that matched, number."""

    confidence: float
    matched: float
    rows: int


@dataclass(frozen=True)
class Point:
    """What is left when rows below a confidence are left out."""

    threshold: float
    precision: float
    recall: float


def bins(matched: Matched) -> list[Bin]:
    """The bins that hold rows, from low to high confidence."""
    sure, hit = _columns(matched)
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    parts = [places == place for place in range(BINS)]
    return [Bin(float(sure[part].mean()), float(hit[part].mean()), int(part.sum())) for part in parts if part.any()]


def confidence_figures(matched: Matched) -> dict[str, float]:
    """Calibration error, Brier score, that of a constant, and area under the ROC curve."""
    sure, hit = _columns(matched)
    if not hit.any() or hit.all():
        return {}
    error = sum(part.rows * abs(part.confidence - part.matched) for part in bins(matched)) / len(sure)
    return {
        "calibration_error": float(error),
        "brier": float(brier_score_loss(hit, sure)),
        "brier_constant": float(hit.mean() * (1 - hit.mean())),
        "auroc": float(roc_auc_score(hit, sure)),
    }


def curve(matched: Matched) -> list[Point]:
    """Precision and recall at each confidence that occurs, from low to high."""
    sure, hit = _columns(matched)
    return [
        Point(float(least), float(hit[sure >= least].mean()), float(hit[sure >= least].sum() / len(matched.coded)))
        for least in np.unique(sure)
    ]


def _columns(matched: Matched) -> tuple[np.ndarray, np.ndarray]:
    sure = np.array([item["confidence"] for item, _ in matched.found], dtype=float)
    return sure, np.array([hit for _, hit in matched.found], dtype=bool)
