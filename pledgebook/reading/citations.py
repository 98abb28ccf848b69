"""How a version, or a single row, is cited."""

from __future__ import annotations

from pathlib import Path

from pledgebook.reading.books import opened
from pledgebook.reading.found_rows import found
from pledgebook.releases.texts.citation import citation


def cite(commitment_id: str | None = None, version: str = "latest", *, releases: str | Path | None = None) -> str:
    """The citation of a version or, with an identifier, of one commitment in it. Raises UnknownVersion, UnknownCommitment, ReleaseError."""
    book = opened(version, releases)
    of_version = citation(book.entry.version, book.entry.date)
    if commitment_id is None:
        return of_version
    row, readout = found(book, commitment_id)
    told = [f"{readout['issuer']}, {readout['publisher']}: “{readout['title']}”, {readout['date']}", readout["url"]]
    source = ", ".join(part for part in told if part)
    return f"{source}: “{' '.join(row['quote'].split())}”. Commitment {commitment_id} in: {of_version}"
