"""A page for each commitment, at an address that stays; and for what has left the book."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pledgebook.reading.books import Book
from pledgebook.reading.citations import row_citation
from pledgebook.reading.passages import passage
from pledgebook.releases.errors import ReleaseError
from pledgebook.site.edition import Edition, Row, named, rows_as_now
from pledgebook.site.highlights import passage_spans
from pledgebook.site.pages import Pages

# Where the page of a row of a table lies.
FOLDERS = {"commitments": "c", "readouts": "r"}


def write_commitments(edition: Edition, pages: Pages) -> None:
    """Write `c/<id>/` of every commitment."""
    readouts = {row["readout_id"]: row for row in edition.readouts.iter_rows(named=True)}
    for row in edition.commitments.iter_rows(named=True):
        readout = readouts[row["readout_id"]]
        pages.write(
            f"c/{row['commitment_id']}",
            "commitment.html",
            row=row,
            readout=readout,
            spans=passage_spans(passage(row, readout["text"]), row["commitment_id"]),
            citation=row_citation(row, readout, edition.book.entry),
        )


def write_withdrawn(edition: Edition, pages: Pages) -> None:
    """Write `c/<id>/` and `r/<id>/` of all rows that have left the book, with what their last version said where it can be read."""
    left = rows_as_now(edition.book, "withdrawn_rows")
    reasons = named(edition.book, "withdrawal_reasons", "description")
    for (version,), rows in left.partition_by("last_version", as_dict=True).items():
        commitments, readouts = _as_they_were(edition, str(version), rows["row_id"])
        for gone in rows.iter_rows(named=True):
            row = commitments.get(gone["row_id"])
            readout = readouts.get(row["readout_id"] if row else gone["row_id"])
            folder = FOLDERS[gone["table"]]
            pages.write(
                f"{folder}/{gone['row_id']}",
                "gone.html",
                gone=gone,
                row=row,
                readout=readout,
                folder=folder,
                reason=reasons.get(gone["reason"], gone["reason"]),
            )


def _as_they_were(edition: Edition, version: str, ids: pl.Series) -> tuple[dict[str, Row], dict[str, Row]]:
    """The commitments of these identifiers in an earlier version, and its readouts that they or the identifiers name; none when it is not whole."""
    entry = next((entry for entry in edition.versions if entry.version == version), None)
    if entry is None:
        return {}, {}
    book = Book(edition.book.place, entry)
    try:
        commitments = rows_as_now(book, "commitments").filter(pl.col("commitment_id").is_in(ids.implode()))
        of_these = pl.concat([ids, commitments["readout_id"]]).unique()
        readouts = rows_as_now(book, "readouts").filter(pl.col("readout_id").is_in(of_these.implode()))
    except (ReleaseError, pl.exceptions.PolarsError):
        return {}, {}
    return dict(_by(commitments, "commitment_id")), dict(_by(readouts, "readout_id"))


def _by(rows: pl.DataFrame, key: str) -> Iterator[tuple[str, Row]]:
    for row in rows.iter_rows(named=True):
        yield row[key], row
