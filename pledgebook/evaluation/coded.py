"""Coded documents: a text, what a reader found in it, and the row of `readouts` that the extractor reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pledgebook.extraction import extract
from pledgebook.readouts.openings import opening_sentence
from pledgebook.readouts.participants import participants_of
from pledgebook.readouts.patterns import code_of
from pledgebook.sources.registry import source_of

Item = dict[str, Any]
CHECKSET = Path(__file__).parents[1] / "extraction" / "checkset.jsonl"
FIELDS = ("actors", "recipients", "targets", "strength", "novelty", "routine", "act", "topic")


@dataclass(frozen=True)
class CodedDocument:
    """A document and its items, each with `start` and `end` in the text; the extractor reads `readout`."""

    name: str
    readout: dict[str, Any]
    items: list[Item]

    @property
    def text(self) -> str:
        """The text that the items were found in."""
        return str(self.readout["text"])


def read_coded(path: Path) -> list[CodedDocument]:
    """The documents of a file laid out as the check set and the gold files are: a JSON object a line.

    Raises ValueError when a quote is not in its text, with the document's name.
    """
    return [_document(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _document(coded: dict[str, Any]) -> CodedDocument:
    return CodedDocument(coded["doc"], readout_of(coded), _placed(coded))


def readout_of(coded: dict[str, Any]) -> dict[str, Any]:
    """The columns that `extract` reads, from a line of such a file; those that the file does not state are found as for any document."""
    title, opening, day = coded["title"], opening_sentence(coded["text"]), date.fromisoformat(coded["date"])
    kind = coded.get("document_type") or code_of("document_types", title, opening) or "statement"
    issuer = coded.get("issuer") or source_of(coded["url"]).issuer or "USA"
    participants = coded.get("participants") or participants_of(issuer, kind, title, opening, day)
    own = {"readout_id": coded["doc"], "title": title, "text": coded["text"], "date": day, "url": coded.get("url")}
    return {**own, "issuer": issuer, "participants": participants, "document_type": kind}


def _placed(coded: dict[str, Any]) -> list[Item]:
    """A quote that stands twice is taken at its next free place."""
    taken: set[int] = set()
    placed = []
    for item in coded["items"]:
        start = free_place(coded["text"], item["quote"], taken)
        if start < 0:
            raise ValueError(f"{coded['doc']}: {item['quote']!r} is not in the text")
        placed.append({**item, "start": start, "end": start + len(item["quote"])})
    return placed


def free_place(text: str, quote: str, taken: set[int]) -> int:
    """Where a quote first stands among the places not yet taken, which then is taken too; -1 when it stands at none."""
    start = text.find(quote)
    while start in taken:
        start = text.find(quote, start + 1)
    if start >= 0:
        taken.add(start)
    return start


def found_in(documents: list[CodedDocument]) -> dict[str, list[Item]]:
    """What the extractor finds in the documents, by their names, in the form that readers code in."""
    rows = extract(pl.DataFrame([document.readout for document in documents])).iter_rows(named=True)
    found: dict[str, list[Item]] = {document.name: [] for document in documents}
    for row in rows:
        found[row["readout_id"]].append(as_item(row))
    return found


def as_item(row: dict[str, Any]) -> Item:
    """A row of `commitments` as a reader would code it."""
    money = {"value": float(row["amount"] or 0), "currency": row["currency"], "kind": row["amount_kind"]}
    amount = None if row["amount"] is None else {**money, "per": row["amount_per"]}
    place = {"start": row["char_start"], "end": row["char_end"], "quote": row["quote"]}
    coded = {field: row[field] for field in FIELDS}
    return {**place, **coded, "amount": amount, "due": row["due_text"] or "", "confidence": row["confidence"]}
