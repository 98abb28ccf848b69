"""The versions of a place, and what changed from one to another."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import polars as pl

from pledgebook.reading.books import Book, entries
from pledgebook.reading.locations import location
from pledgebook.reading.tables import rows_of
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.places.index import chosen

_TOLD = ["version", "date", "readouts", "commitments", "schema", "codebook", "extractor", "withdrawn"]


def versions(*, releases: str | Path | None = None) -> pl.DataFrame:
    """The versions of a place, oldest first: version, date, readouts and commitments (numbers of rows), schema, codebook, extractor, and
    withdrawn (why; null for a good one). Raises ReleaseError."""
    rows = [asdict(entry) for entry in entries(location(releases))]
    return pl.DataFrame(rows, schema_overrides={"withdrawn": pl.String}).select(_TOLD)


def changes(old: str, new: str, *, releases: str | Path | None = None) -> pl.DataFrame:
    """What every version after `old` changed, up to `new`, in their order: version, and the columns of the table `changes`.

    A value that changed twice stands there twice. Raises UnknownVersion, ValueError when `new` is not the later one, and ReleaseError, also
    when one of them or one in between was withdrawn: what the next version changed may be told from it or from the one before.
    """
    place = location(releases)
    listed = entries(place)
    first, last = (listed.index(chosen(listed, version, place.address)) for version in (old, new))
    if first > last:
        raise ValueError(f"{new} came before {old}: name the earlier version first.")
    if withdrawn := [entry.version for entry in listed[first : last + 1] if entry.withdrawn is not None]:
        raise ReleaseError(
            f"What changed from {old} to {new} cannot be told step by step, since {', '.join(withdrawn)} was withdrawn; "
            f"compare the two with `pledgebook diff {old} {new}`."
        )
    between = listed[first + 1 : last + 1]
    # One version after itself changed nothing, in a table with its columns; a later one may have columns that an earlier one had not.
    parts = [_changes_of(Book(place, listed[last])).clear(), *(_changes_of(Book(place, entry)) for entry in between)]
    return pl.concat(parts, how="diagonal").collect()


def _changes_of(book: Book) -> pl.LazyFrame:
    return rows_of(book, "changes").select(pl.lit(book.entry.version).alias("version"), pl.all())
