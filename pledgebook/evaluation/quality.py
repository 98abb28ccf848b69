"""The record of measured quality: written by `python -m pledgebook.evaluation`, read when a version is published.

It holds the extractor's name with the hash of its code and lexicon, so that figures of one extractor never pass for those of another.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RECORD = Path(__file__).parents[1] / "quality.json"


def measured_quality(path: Path = RECORD) -> dict[str, Any]:
    """The record: extractor, codebook, note, and by set its documents, items and figures; empty where there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_record(record: dict[str, Any], path: Path = RECORD) -> None:
    """Write the record; sets that were not measured this time stay when the extractor is the same."""
    before = measured_quality(path)
    if before.get("extractor") == record["extractor"]:
        record = {**record, "sets": {**before["sets"], **record["sets"]}}
    path.write_text(json.dumps(record, indent=2, sort_keys=True) + "\n", encoding="utf-8")
