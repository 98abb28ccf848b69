"""Coded documents joined to the readouts of a release, for the scripts that fit weights.

Two kinds of files are read. A coded `.jsonl` holds documents with the text of each item, as `../shared/gold` and `invented.jsonl` have
them. `readings.csv` holds no text: readout_id names the document, an item is a place in it, counted in letters and figures, since copies
of a text differ in signs and spaces, and the first figures of a hash of its words, so that a document that has changed since is not
read wrongly. `keep_readings.py` writes it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pledgebook.evaluation.coded import readout_of

Row = dict[str, Any]
Item = dict[str, Any]
COLUMNS = (
    *("readout_id", "first", "last", "hash", "actors", "recipients", "targets"),
    *("strength", "novelty", "routine", "act", "topic"),
)
CODES = ("actors", "recipients", "targets")


@dataclass(frozen=True)
class CodedDocument:
    """A readout (a row of the table) and the items that a reader found in it, each with `start` and `end` in the readout's text."""

    readout: Row
    items: list[Item]

    @property
    def name(self) -> str:
        """What tells it from other documents."""
        return str(self.readout["readout_id"])


def coded_documents(files: list[Path], release: Path) -> list[CodedDocument]:
    """The documents of the files that the release holds, joined by address or readout_id, each once; items not found in the text are left out."""
    readouts = pl.read_parquet(release / "readouts.parquet")
    rows = list(readouts.iter_rows(named=True))
    known = {row["url"]: row for row in rows} | {row["readout_id"]: row for row in rows}
    found: dict[str, CodedDocument] = {}
    for path in files:
        for name, items, own in _from_readings(path) if path.suffix == ".csv" else _from_coded(path):
            if readout := own or known.get(name):
                found.setdefault(readout["readout_id"], CodedDocument(readout, placed(readout["text"], items)))
    return list(found.values())


def asked_for(description: str | None) -> tuple[list[CodedDocument], bool]:
    """What the scripts that fit take from the command line: RELEASE_DIR CODED... [--write], as documents and whether to write."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("coded", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    return coded_documents(arguments.coded, arguments.release), arguments.write


def _from_coded(path: Path) -> Iterator[tuple[str, list[Item], Row | None]]:
    """Documents with their participants are invented and in no release."""
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        own = readout_of(document) if "participants" in document else None
        yield document["url"], document["items"], own


def _from_readings(path: Path) -> Iterator[tuple[str, list[Item], None]]:
    documents: dict[str, list[Item]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            items = documents.setdefault(row["readout_id"], [])
            if row["first"]:
                items.append(_item(row))
    for name, items in documents.items():
        yield name, items, None


def _item(row: dict[str, str]) -> Item:
    item: Item = {**row, **{column: row[column].split() for column in CODES}}
    return item | {"routine": row["routine"] == "true", "topic": int(row["topic"])}


def placed(text: str, items: list[Item]) -> list[Item]:
    """The items that stand in the text, with `start` and `end` in it and their `quote` as it stands there."""
    kept = [place for place, sign in enumerate(text) if sign.isalnum()]
    folded = "".join(text[place] for place in kept)
    taken: set[int] = set()
    found = []
    for item in items:
        first, last = _by_words(folded, item["quote"], taken) if "quote" in item else _by_place(folded, item)
        if last > first:
            taken.add(first)
            start, end = kept[first], kept[last - 1] + 1
            found.append({**item, "start": start, "end": end, "quote": text[start:end], "first": first, "last": last})
    return found


def _by_words(folded: str, quote: str, taken: set[int]) -> tuple[int, int]:
    words = "".join(sign for sign in quote if sign.isalnum())
    at = folded.find(words)
    while at >= 0 and at in taken:
        at = folded.find(words, at + 1)
    return (at, at + len(words)) if at >= 0 else (0, 0)


def _by_place(folded: str, item: Item) -> tuple[int, int]:
    first, last = int(item["first"]), int(item["last"])
    return (first, last) if hash_of(folded[first:last]) == item["hash"] else (0, 0)


def hash_of(words: str) -> str:
    """Eight figures of the SHA-256 of an item's letters and figures."""
    return hashlib.sha256(words.encode()).hexdigest()[:8]
