"""Corrections by hand: the lines of `data/corrections.csv`, applied last.

Columns: row_id, column, expected, value, reason, date. Lists, true and false are JSON, dates ISO 8601, all else plain text; nothing
stands for no value.
A line without a column withdraws the row. A text is the publisher's own: a line can only take it out. A line whose expected value no
longer stands stops the release, so that no correction outlives its reason. A line about a row that this place has never held is left alone.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from pledgebook.releases.errors import StaleCorrection
from pledgebook.releases.frames import Tables, kept
from schemas import TABLES, polars_schema

CORRECTIONS = Path(__file__).parents[3] / "data" / "corrections.csv"
HEADER = ["row_id", "column", "expected", "value", "reason", "date"]
TABLE_OF = {"r": "readouts", "c": "commitments"}


class Correction(NamedTuple):
    """One line of the file; `column` is empty when the line withdraws the row."""

    place: str
    row_id: str
    column: str
    expected: str
    value: str
    reason: str

    @property
    def table(self) -> str:
        """Return the table of the row, told by the first letter of its identifier."""
        return TABLE_OF[self.row_id[0]]

    @property
    def assigned(self) -> bool:
        """Tell whether the line corrects what the release itself computes."""
        return bool(self.column) and bool(TABLES[self.table].metadata(self.column)["assigned"])


def read_corrections(path: Path) -> list[Correction]:
    """Read the corrections; no file means none. Raises StaleCorrection for a line that cannot be understood."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        if lines.fieldnames != HEADER:
            raise StaleCorrection(f"{path}: the first line must read {','.join(HEADER)}.")
        return [understood(f"{path.name}, line {lines.line_num}", line) for line in lines]


def understood(place: str, line: dict[str, str | None]) -> Correction:
    """Return a line of the file as a correction, or say why it cannot be one."""
    values = {name: line.get(name) or "" for name in HEADER}
    if values["column"] == "text":
        if values["value"]:
            raise StaleCorrection(
                f"{place}: a text is the publisher's own; a correction can only take it out: leave the value empty."
            )
        # In the book a text stands as its SHA-256, see `texts.py`.
        values["expected"] = hashlib.sha256(values["expected"].encode()).hexdigest()
    correction = Correction(place, *(values[name] for name in HEADER[:5]))
    if correction.row_id[:2] not in {f"{prefix}-" for prefix in TABLE_OF}:
        raise StaleCorrection(f"{place}: {correction.row_id!r} is not the identifier of a readout or a commitment.")
    if correction.column and correction.column not in TABLES[correction.table].names():
        raise StaleCorrection(f"{place}: the table {correction.table} has no column {correction.column!r}.")
    if not values["reason"]:
        raise StaleCorrection(f"{place}: give a reason for the correction.")
    return correction


def withdrawals(corrections: Sequence[Correction]) -> frozenset[str]:
    """Return the identifiers of the rows that the corrections withdraw."""
    return frozenset(correction.row_id for correction in corrections if not correction.column)


def withdraw(tables: Tables, ids: frozenset[str]) -> Tables:
    """Take the rows out of the book, and with a readout its commitments."""
    readouts = kept(tables["readouts"], ~pl.col("readout_id").is_in(list(ids)))
    stays = ~pl.col("commitment_id").is_in(list(ids)) & pl.col("readout_id").is_in(readouts["readout_id"].implode())
    return {"readouts": readouts, "commitments": kept(tables["commitments"], stays)}


def apply_corrections(tables: Tables, corrections: Sequence[Correction], read: pl.Series, known: pl.Series) -> Tables:
    """Put the corrected values into the book.

    `read` names the readouts read in this run: only rows of others may hold the corrected value already.
    `known` holds the identifiers of the rows that the last version had, or that have left the book. Raises StaleCorrection.
    """
    tables = dict(tables)
    for correction in corrections:
        key = TABLES[correction.table].names("key")[0]
        rows = tables[correction.table]
        row = rows.filter(pl.col(key) == correction.row_id)
        if row.height:
            refuse_stale_value(correction, row, kept=not (read == row["readout_id"][0]).any())
            tables[correction.table] = replaced(rows, key, correction)
        elif (known == correction.row_id).any():
            raise StaleCorrection(f"{correction.place}: {correction.row_id} has left the book; take the line out.")
    return tables


def refuse_stale_value(correction: Correction, row: pl.DataFrame, *, kept: bool) -> None:
    """Raise StaleCorrection when the row does not hold the value that the correction expects."""
    present = row[correction.column][0]
    present = present.to_list() if isinstance(present, pl.Series) else present
    accepted = [typed(correction, correction.expected)] + ([typed(correction, correction.value)] if kept else [])
    if present not in accepted:
        raise StaleCorrection(
            f"{correction.place}: {correction.column} of {correction.row_id} was expected to be "
            f"{correction.expected!r} but is {present!r}; look at the row again, then mend the line or take it out."
        )


def replaced(rows: pl.DataFrame, key: str, correction: Correction) -> pl.DataFrame:
    """Return the rows with the corrected value in its place."""
    kind = polars_schema(correction.table)[correction.column]
    value = pl.lit(pl.Series([typed(correction, correction.value)], dtype=kind))
    hit = pl.col(key) == correction.row_id
    return rows.with_columns(
        pl.when(hit).then(value.first()).otherwise(pl.col(correction.column)).alias(correction.column)
    )


def plain(text: str, kind: pl.DataType) -> Any:
    """Return a text as it stands; as a number where the column holds numbers."""
    return pl.Series([text]).cast(kind)[0]


def moment(text: str, _: pl.DataType) -> datetime:
    """Return a moment; one without an offset is in UTC, as the tables are."""
    value = datetime.fromisoformat(text)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def from_json(text: str, _: pl.DataType) -> Any:
    """Return a list or a yes and no."""
    return json.loads(text)


READERS: dict[Any, Callable[[str, pl.DataType], Any]] = {
    pl.Date: lambda text, _: date.fromisoformat(text),
    pl.Datetime: moment,
    pl.List: from_json,
    pl.Boolean: from_json,
}


def typed(correction: Correction, text: str) -> Any:
    """Return a value of the file as the type of its column; nothing for no text."""
    kind = polars_schema(correction.table)[correction.column]
    if not text:
        return None
    try:
        return READERS.get(kind.base_type(), plain)(text, kind)
    except (ValueError, TypeError, pl.exceptions.PolarsError) as error:
        raise StaleCorrection(f"{correction.place}: {text!r} is no value for {correction.column}.") from error
