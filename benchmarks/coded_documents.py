"""Coded documents joined to the readouts of a release, for the scripts that fit weights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

Item = dict[str, Any]


@dataclass(frozen=True)
class CodedDocument:
    """A readout (a row of the table) and the items that a reader found in it, each with `start` and `end` in the readout's text."""

    readout: dict[str, Any]
    items: list[Item]


def coded_documents(gold: list[Path], release: Path) -> Iterator[CodedDocument]:
    """The documents of the gold files that the release holds, joined by address; items whose quote is not in the text are left out."""
    readouts = pl.read_parquet(release / "readouts.parquet")
    by_address = {row["url"]: row for row in readouts.iter_rows(named=True)}
    for path in gold:
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            if readout := by_address.get(document["url"]):
                yield CodedDocument(readout, _placed(readout["text"], document["items"]))


def _placed(text: str, items: list[Item]) -> list[Item]:
    """Places are found with all but letters and figures left out, since copies of a text differ in signs and spaces."""
    kept = [place for place, sign in enumerate(text) if sign.isalnum()]
    folded = "".join(text[place] for place in kept)
    placed, taken = [], set()
    for item in items:
        words = "".join(sign for sign in item["quote"] if sign.isalnum())
        at = folded.find(words)
        while at >= 0 and at in taken:
            at = folded.find(words, at + 1)
        if at >= 0 and words:
            taken.add(at)
            placed.append({**item, "start": kept[at], "end": kept[at + len(words) - 1] + 1})
    return placed
