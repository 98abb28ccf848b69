"""The record of measured quality: written by `python -m pledgebook.evaluation`, read when a version is published.

It holds the extractor's name with the hash of its code and lexicon, so that figures of one extractor never pass for those of another.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypedDict

RECORD = Path(__file__).parents[1] / "quality.json"
Figures = dict[str, float]


class Measured(TypedDict):
    """How many documents and coded items there are, and the figures by name."""

    documents: int
    items: int
    figures: Figures


class MeasuredSet(Measured, total=False):
    """What is recorded of one set beside its figures, where it could be measured.

    intervals: [lowest, highest] at 95 % by figure. effective_documents: see `intervals.effective_documents`. by_issuer, by_document_type:
    parts of a set of real documents; a part with few items has no figures. agreement: F1 of one reader beside another, and `source`, where
    that is stated. end_to_end: the same documents read from a release.
    """

    intervals: dict[str, list[float]]
    effective_documents: float
    by_issuer: dict[str, Measured]
    by_document_type: dict[str, Measured]
    agreement: dict[str, float | str]
    end_to_end: Measured


def rounded(figures: Figures) -> Figures:
    """The figures as the record holds them, with three decimals."""
    return {name: round(value, 3) for name, value in figures.items()}


def measured_quality(path: Path = RECORD) -> dict[str, Any]:
    """The record: extractor, codebook, note, and by set what `MeasuredSet` says; empty where there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_record(record: dict[str, Any], path: Path = RECORD) -> None:
    """Write the record; sets that were not measured this time stay when the extractor is the same."""
    before = measured_quality(path)
    if before.get("extractor") == record["extractor"]:
        record = {**record, "sets": {**before["sets"], **record["sets"]}}
    path.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")
