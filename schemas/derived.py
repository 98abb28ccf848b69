"""What is derived from the models: Polars and Arrow schemas, the CSV header, the order of rows."""

from __future__ import annotations

from typing import Any

import polars as pl
import pyarrow as pa

from schemas.tables import TABLES


def polars_schema(name: str) -> pl.Schema:
    """Return the Polars schema of the table of that name."""
    columns = TABLES[name].to_schema().columns
    return pl.Schema({column: spec.dtype.type for column, spec in columns.items()})


def arrow_schema(name: str) -> pa.Schema:
    """Return the Arrow schema of the table of that name, each field with its description and, when it is to go, its successor."""
    model = TABLES[name].to_schema()
    plain = pl.DataFrame(schema=polars_schema(name)).to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    fields = [
        pa.field(field.name, plain_strings(field.type), spec.nullable, field_metadata(name, spec))
        for field, spec in zip(plain, model.columns.values(), strict=True)
    ]
    return pa.schema(fields)


def field_metadata(name: str, spec: Any) -> dict[str, str]:
    """Return what the Arrow field of a column carries."""
    successor = TABLES[name].metadata(spec.name)["successor"]
    return {"description": spec.description} | ({"successor": successor} if successor else {})


def plain_strings(kind: pa.DataType) -> pa.DataType:
    """Replace Polars' large strings and lists by the plain ones, which every reader knows."""
    if pa.types.is_large_list(kind):
        return pa.list_(plain_strings(kind.value_type))
    return pa.string() if pa.types.is_large_string(kind) else kind


def csv_header(name: str) -> list[str]:
    """Return the names of the columns of the table, in their order."""
    return TABLES[name].names()


def sort_columns(name: str) -> list[str]:
    """Return the columns that a published table is sorted by: the day of the row, then its key, else every column."""
    names, keys = TABLES[name].names(), TABLES[name].names("key")
    return [*(["date"] if "date" in names else []), *(keys or names)]
