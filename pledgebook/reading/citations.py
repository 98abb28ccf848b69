"""How a version, or a single row, is cited."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pledgebook.reading.books import opened
from pledgebook.reading.found_rows import found
from pledgebook.releases.places.index import Entry
from pledgebook.releases.texts.citation import citation


def cite(commitment_id: str | None = None, version: str = "latest", *, releases: str | Path | None = None) -> str:
    """The citation of a version or, with an identifier, of one commitment in it. Raises UnknownVersion, UnknownCommitment, ReleaseError."""
    book = opened(version, releases)
    if commitment_id is None:
        return citation(book.entry.version, book.entry.date)
    row, readout = found(book, commitment_id)
    return row_citation(row, readout, book.entry)


def row_citation(row: Mapping[str, Any], readout: Mapping[str, Any], entry: Entry) -> str:
    """The citation of a commitment of a version, with its statement and its words."""
    told = [f"{readout['issuer']}, {readout['publisher']}: “{readout['title']}”, {readout['date']}", readout["url"]]
    source = ", ".join(part for part in told if part)
    return f"{source}: “{' '.join(row['quote'].split())}”. Commitment {row['commitment_id']} in: {citation(entry.version, entry.date)}"
