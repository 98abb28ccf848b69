"""Columns that go: each stays beside its successor for one MAJOR version, so that notebooks have time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.releases.book.difference import EVERY_ROW
from pledgebook.releases.places.index import Entry
from pledgebook.releases.places.place import Place
from pledgebook.releases.places.published import unlike


def departed(changes: pl.DataFrame) -> list[tuple[str, str]]:
    """Return table and name of the columns that a version lacks and the one before had."""
    gone = changes.filter(pl.col("row_id") == EVERY_ROW, pl.col("change") == "removed")
    return list(gone.select("table", "column").sort("table", "column").iter_rows())


def successors(place: Place, entry: Entry | None, columns: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return what a version says will take the place of its columns, each as `table.column`."""
    found: dict[str, str] = {}
    if entry is None:
        return found
    for table, column in columns:
        schema = published_schema(place, entry, table)
        metadata = schema.field(column).metadata if column in schema.names else None
        if successor := (metadata or {}).get(b"successor"):
            found[f"{table}.{column}"] = successor.decode()
    return found


def published_schema(place: Place, entry: Entry, table: str) -> pa.Schema:
    """Return the Arrow schema of a published table. Raises ReleaseError, which names the file."""
    file = f"{entry.folder}/{table}.parquet"
    try:
        return pq.read_schema(place.readable(file))
    except (OSError, pa.ArrowInvalid) as error:
        raise unlike(place, file, str(error)) from error


def unannounced(
    place: Place, entries: Sequence[Entry], standing: Entry | None, columns: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Tell which columns go though the first version of the MAJOR that stands did not yet say so."""
    if standing is None or not columns:
        return
    major = standing.version.split(".")[0]
    first = next(entry for entry in entries if entry.version.split(".")[0] == major)
    announced = successors(place, first, columns)
    for table, column in columns:
        if f"{table}.{column}" not in announced:
            yield (
                f"the column {table}.{column} goes, and version {first.version} did not announce it (a column names its "
                "successor and stays beside it for one MAJOR version)"
            )
