"""Rows of the quarantine table for documents that could not be read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import polars as pl

import schemas
from pledgebook.sources.errors import UnreadableDocument


def set_aside(
    row_id: str, problem: UnreadableDocument, name: str | None = None, table: str = "readouts"
) -> dict[str, str | None]:
    """The quarantine row of a document; `row_id` is its name or, where it has one, its address; `name` is told beside an address.

    table: `readouts`, or `captures` for a copy that is missing or does not count although the statement may be known.
    """
    place = row_id if name in (None, row_id) else f"{name} ({row_id})"
    value = None if problem.value is None else json.dumps(problem.value, ensure_ascii=False)
    return {
        "table": table,
        "row_id": row_id,
        "check": problem.check,
        "column": problem.column,
        "value": value,
        "reason": f"{place}: {problem.reason}",
    }


def quarantine_table(rows: Iterable[Mapping[str, str | None]]) -> pl.DataFrame:
    """Quarantine rows as a table."""
    return pl.DataFrame(list(rows), schema=schemas.polars_schema("quarantine"))
