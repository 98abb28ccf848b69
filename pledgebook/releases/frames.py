"""Small things that several modules do with tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import accumulate
from math import ceil
from typing import Any

import polars as pl

from schemas import TABLES, polars_schema, sort_columns

ROWS_AT_ONCE = 100_000

Tables = dict[str, pl.DataFrame]


def empty(name: str) -> pl.DataFrame:
    """Return the table of that name without rows."""
    return pl.DataFrame(schema=polars_schema(name))


def empty_tables() -> Tables:
    """Return all tables without rows: the book before the first release."""
    return {name: empty(name) for name in TABLES}


def fitted(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return a table of an earlier release with today's columns: new ones are empty, those of another type are cast where they can be."""
    columns = {
        column: pl.col(column).cast(kind, strict=False) if column in rows.columns else pl.lit(None, dtype=kind)
        for column, kind in polars_schema(name).items()
    }
    return rows.select(**columns)


def is_demonstration(tables: Tables) -> bool:
    """Tell whether a book holds bundled samples alone; its figures mean nothing."""
    origins = tables["readouts"]["text_origin"]
    return bool(origins.len()) and not (origins == "official").any()


def official(tables: Tables) -> Tables:
    """Return readouts and commitments without those of samples, which count in no figure."""
    readouts = kept(tables["readouts"], pl.col("text_origin") == "official")
    of_these = pl.col("readout_id").is_in(readouts["readout_id"].implode())
    return {"readouts": readouts, "commitments": kept(tables["commitments"], of_these)}


def handed_over_columns(name: str) -> list[str]:
    """Return the columns that the stages hand over, in the order of the table."""
    assigned = TABLES[name].names("assigned")
    return [column for column in TABLES[name].names() if column not in assigned]


def arranged(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows as they are published: the table's columns in their order and types, sorted."""
    columns = {column: rows[column].cast(kind) for column, kind in polars_schema(name).items()}
    keys = {column: columns[column] for column in sort_columns(name)}
    order = pl.DataFrame(keys).with_row_index("place").sort(list(keys), nulls_last=False)["place"]
    # One column after the other: two whole books are not to be in memory.
    del rows, keys
    for column in columns:
        columns[column] = columns[column].gather(order)
    return pl.DataFrame(columns)


def looked_up(rows: pl.DataFrame, key: str | list[str], other: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the other columns that a table has for their key, of which it has one row at most; two gaps are equal.

    Only the key is joined: a join of whole rows would copy them all.
    """
    joined = rows.select(key).join(other, on=key, how="left", maintain_order="left", nulls_equal=True)
    return beside(rows, joined.drop(key))


def beside(rows: pl.DataFrame, columns: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with other columns, in the pieces in which they lie: columns in other pieces would have Polars copy all of them."""
    pieces = [len(piece) for piece in rows.to_series().get_chunks()]
    starts = accumulate([0, *pieces[:-1]])
    split = [columns.slice(start, height) for start, height in zip(starts, pieces, strict=True)]
    return rows.with_columns(pl.concat(split or [columns], rechunk=False).get_columns())


def kept(rows: pl.DataFrame, which: pl.Expr) -> pl.DataFrame:
    """Return the rows of which something holds; where it holds of all, the table itself and no copy."""
    holds = rows.select(which).to_series().fill_null(False)
    return rows if holds.all() else rows.filter(holds)


def without(rows: pl.DataFrame, other: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return the rows whose key another table does not have."""
    return kept(rows, ~pl.col(key).is_in(other[key].implode()).fill_null(False))


def parts_of(rows: pl.DataFrame) -> Iterator[pl.Series]:
    """Yield the places of some rows of a table at a time, all of one readout together, for what takes several times the memory of the rows."""
    number = ceil(rows.height / ROWS_AT_ONCE)
    if number <= 1 or "readout_id" not in rows.columns:
        yield pl.int_range(rows.height, dtype=pl.UInt32, eager=True)
        return
    part = rows["readout_id"].hash() % number
    for one in range(number):
        yield (part == one).arg_true()


def as_json(value: Any) -> str | None:
    """Return a value as JSON; dates and money as strings; nothing for nothing."""
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
