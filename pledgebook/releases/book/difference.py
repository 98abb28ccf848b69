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
    before, after = old.select(key).with_row_index("old"), new.select(key).with_row_index("new")
    pairs = before.join(after, on=key)
    return [
        whole_rows(name, new, after.join(before, on=key, how="anti")["new"], "added"),
        whole_rows(name, old, before.join(after, on=key, how="anti")["old"], "removed"),
        *(changed_values(name, old, new, pairs, column) for column in compared(name, old, new)),
        changed_columns(name, old, new),
    ]


def compared(name: str, old: pl.DataFrame, new: pl.DataFrame) -> list[str]:
    """Return the columns that are compared: those that both versions have in one type, key and volatile ones aside."""
    aside = {*TABLES[name].names("key"), *TABLES[name].names("volatile")}
    return [column for column, kind in new.schema.items() if old.schema.get(column) == kind and column not in aside]


def whole_rows(name: str, rows: pl.DataFrame, places: pl.Series, change: str) -> pl.DataFrame:
    """Return one difference for each of the rows, which came or went."""
    return differences(name, identified(name, rows)[places], change)


def identified(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return what a difference says of the rows of a table: readout_id, row_id."""
    return rows.select("readout_id", row_id=TABLES[name].names("key")[0])


def changed_values(name: str, old: pl.DataFrame, new: pl.DataFrame, pairs: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return one difference for each row whose value in the column changed; `pairs` are the places (old, new) of the rows of both.

    Column by column, since the pairs as whole rows would be the book twice over.
    """
    before, after = old[column].gather(pairs["old"]), new[column].gather(pairs["new"])
    changed = before.ne_missing(after)
    rows = identified(name, old)[pairs.filter(changed)["old"]]
    values = {
        side: pl.Series([as_json(value) for value in values.filter(changed).to_list()], dtype=pl.String)
        for side, values in (("old", before), ("new", after))
    }
    return differences(name, rows.with_columns(column=pl.lit(column), **values), "changed")


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
