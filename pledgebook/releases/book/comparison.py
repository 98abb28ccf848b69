"""Compare any two versions of the book: the rows that came, left and changed, each with its cause.

Readouts and commitments are compared value by value, as for the table `changes` of a version; of the tables beside them
(`quarantine`, `captures`, `coverage`, `withdrawn_rows`) it is told which rows came and left. `changes` itself is not
compared: it tells of its own version. What cannot be compared raises an error and never counts as same.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pledgebook.releases.book.difference import difference
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.frames import Tables, as_json
from pledgebook.releases.places.index import Entry, chosen
from pledgebook.releases.places.place import Place, open_place, read_index
from pledgebook.releases.places.published import published_sums, published_table, read_tables

BESIDE = ["quarantine", "captures", "coverage", "withdrawn_rows"]
# What a difference is known by in the table `changes` of every version.
CELL = ["table", "row_id", "column"]


class Comparison(NamedTuple):
    """Two versions and what differs.

    changes: table, row_id, change, column, old, new (JSON) and cause; beside: table, change, row (JSON).
    """

    old: Entry
    new: Entry
    changes: pl.DataFrame
    beside: pl.DataFrame

    @property
    def same(self) -> bool:
        """Tell whether nothing differs."""
        return self.changes.is_empty() and self.beside.is_empty()


def compare_versions(address: str | Path | Place, old: str, new: str) -> Comparison:
    """Compare two versions of a place, by number or `latest`.

    Raises UnknownVersion, and ReleaseError when a file is missing or is not the one that was published.
    """
    place = open_place(address)
    entries = read_index(place)
    before, after = chosen(entries, old, place.address), chosen(entries, new, place.address)
    earlier, later = read_tables(place, before), read_tables(place, after)
    differences = difference(earlier, later).drop("readout_id")
    return Comparison(
        before, after, with_causes(place, between(entries, before, after), differences), beside(earlier, later)
    )


def between(entries: Sequence[Entry], one: Entry, other: Entry) -> list[Entry]:
    """Return the versions after the earlier of two, up to the later one."""
    first, last = sorted([entries.index(one), entries.index(other)])
    return list(entries[first + 1 : last + 1])


def with_causes(place: Place, versions: Sequence[Entry], differences: pl.DataFrame) -> pl.DataFrame:
    """Add the cause that the newest of the versions tells for each difference; of rows that they do not know, none."""
    told = [rows.select(*CELL, "cause") for entry in versions for rows in changes_of(place, entry)]
    known = pl.concat([differences.select(CELL).clear().with_columns(cause=pl.lit("")), *told])
    newest = known.unique(CELL, keep="last", maintain_order=True)
    joined = differences.join(newest, on=CELL, how="left", nulls_equal=True, maintain_order="left")
    return joined.sort("table", "change", "row_id", "column", descending=[True, False, False, False])


def changes_of(place: Place, entry: Entry) -> list[pl.DataFrame]:
    """Return the table `changes` of a version; none of one that was withdrawn, or whose files are no longer whole."""
    if entry.withdrawn is not None:
        return []
    try:
        return [published_table(place, entry, "changes", published_sums(place, entry))]
    except ReleaseError:
        return []


def beside(earlier: Tables, later: Tables) -> pl.DataFrame:
    """Tell which rows of the tables beside the book came and left: table, change, row (JSON)."""
    parts = [pl.DataFrame(schema=dict.fromkeys(["table", "change", "row"], pl.String))]
    for name in BESIDE:
        parts += [rows_without(name, earlier, later, "removed"), rows_without(name, later, earlier, "added")]
    return pl.concat(parts)


def rows_without(name: str, ours: Tables, theirs: Tables, change: str) -> pl.DataFrame:
    """Return the rows of one side that the other has not."""
    kinds = theirs[name].schema
    common = [column for column, kind in ours[name].schema.items() if kinds.get(column) == kind]
    alone = ours[name].select(common).join(theirs[name].select(common), on=common, how="anti", nulls_equal=True)
    rows = pl.Series("row", [as_json(row) for row in alone.iter_rows(named=True)], pl.String)
    return pl.DataFrame({"row": rows}).select(table=pl.lit(name), change=pl.lit(change), row="row")


def counts(changes: pl.DataFrame) -> pl.DataFrame:
    """Count the rows, and the columns of tables, that differ: table, change, cause, column and rows."""
    grouped = changes.group_by("table", "change", "cause", "column")
    return grouped.agg(rows=pl.col("row_id").n_unique()).sort(
        "table", "change", "cause", "column", descending=[True, False, False, False], nulls_last=True
    )
