"""What differs between two versions of the book, row by row and value by value, volatile columns aside."""

from __future__ import annotations

import polars as pl

from pledgebook.releases.frames import Tables, as_json, empty
from schemas import TABLES

COMPARED = ["readouts", "commitments"]
DIFFERENCE = dict.fromkeys(["table", "row_id", "readout_id", "change", "column", "old", "new"], pl.String)
EVERY_ROW = "*"


def difference(previous: Tables, book: Tables) -> pl.DataFrame:
    """Compare readouts and commitments, and the columns of all tables; return table, row_id, readout_id, change, column, old and new (JSON).

    A column that came, went or changed its type makes one row with the row identifier `*`.
    """
    parts = [part for name in COMPARED for part in table_difference(name, previous[name], book[name])]
    beside = [name for name in TABLES if name not in COMPARED]
    shapes = [changed_columns(name, previous.get(name, empty(name)), book.get(name, empty(name))) for name in beside]
    return pl.concat([pl.DataFrame(schema=DIFFERENCE), *parts, *shapes])


def table_difference(name: str, old: pl.DataFrame, new: pl.DataFrame) -> list[pl.DataFrame]:
    """Compare two versions of one table."""
    key = TABLES[name].names("key")[0]
    pairs = old.join(new, on=key, suffix="_new").with_columns(row_id=pl.col(key), readout=pl.col("readout_id"))
    return [
        whole_rows(name, new.join(old, on=key, how="anti"), "added"),
        whole_rows(name, old.join(new, on=key, how="anti"), "removed"),
        *(changed_values(name, pairs, column) for column in differing(name, old, new, pairs)),
        changed_columns(name, old, new),
    ]


def differing(name: str, old: pl.DataFrame, new: pl.DataFrame, pairs: pl.DataFrame) -> list[str]:
    """Return the columns in which some row has another value: those of both versions, key and volatile ones aside."""
    aside = {*TABLES[name].names("key"), *TABLES[name].names("volatile")}
    same = [column for column, kind in new.schema.items() if old.schema.get(column) == kind and column not in aside]
    found = pairs.select(is_changed(column).any().alias(column) for column in same)
    return [column for column in same if found[column][0]]


def is_changed(column: str) -> pl.Expr:
    """Tell whether the two values of a pair differ; two gaps are equal."""
    return pl.col(column).ne_missing(pl.col(f"{column}_new"))


def whole_rows(name: str, rows: pl.DataFrame, change: str) -> pl.DataFrame:
    """Return one difference for each row that came or went."""
    key = TABLES[name].names("key")[0]
    return differences(name, rows.select("readout_id", row_id=key), change)


def changed_values(name: str, pairs: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return one difference for each row whose value in the column changed."""
    changed = pairs.filter(is_changed(column))
    values = {
        side: pl.Series([as_json(value) for value in changed[source].to_list()], dtype=pl.String)
        for side, source in (("old", column), ("new", f"{column}_new"))
    }
    rows = changed.select("row_id", column=pl.lit(column), readout_id="readout").with_columns(**values)
    return differences(name, rows, "changed")


def changed_columns(name: str, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Return one difference for each column that came, went or changed its type."""
    before = {column: str(kind) for column, kind in old.schema.items()}
    after = {column: str(kind) for column, kind in new.schema.items()}
    moved = [column for column in before | after if before.get(column) != after.get(column)]
    kinds = {(True, False): "removed", (False, True): "added", (True, True): "changed"}
    rows = [
        (column, kinds[column in before, column in after], before.get(column), after.get(column)) for column in moved
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(["column", "change", "old", "new"], pl.String), orient="row")
    return differences(name, frame.with_columns(row_id=pl.lit(EVERY_ROW)), None)


def differences(name: str, rows: pl.DataFrame, change: str | None) -> pl.DataFrame:
    """Give rows the columns of a difference, what they do not have left empty."""
    known = rows.with_columns(table=pl.lit(name), **({"change": pl.lit(change)} if change else {}))
    missing = {column: pl.lit(None, dtype=pl.String) for column in DIFFERENCE if column not in known.columns}
    return known.with_columns(**missing).select(list(DIFFERENCE))
