"""A commitment by its identifier, with its statement."""

from __future__ import annotations

from typing import Any, NamedTuple

import polars as pl

from pledgebook.reading.books import Book
from pledgebook.reading.tables import rows_of


class UnknownCommitment(LookupError):
    """A version has no commitment of this identifier; the message says what became of it, when that is known."""


class Found(NamedTuple):
    """The rows of a commitment and of its readout, by column."""

    commitment: dict[str, Any]
    readout: dict[str, Any]


def found(book: Book, commitment_id: str) -> Found:
    """Raises UnknownCommitment."""
    rows = rows_of(book, "commitments", samples=True).filter(pl.col("commitment_id") == commitment_id).collect()
    if rows.is_empty():
        raise UnknownCommitment(_became(book, commitment_id))
    commitment = rows.row(0, named=True)
    its_own = pl.col("readout_id") == commitment["readout_id"]
    return Found(commitment, rows_of(book, "readouts", samples=True).filter(its_own).collect().row(0, named=True))


def _became(book: Book, commitment_id: str) -> str:
    left = rows_of(book, "withdrawn_rows").filter(pl.col("row_id") == commitment_id).collect()
    if left.is_empty():
        return f"Version {book.entry.version} has no commitment {commitment_id}, and none of that name has left it."
    row = left.row(0, named=True)
    instead = f"; its place took {row['replaced_by']}" if row["replaced_by"] else ""
    return f"{commitment_id} left the book after version {row['last_version']} ({row['reason']}){instead}."
