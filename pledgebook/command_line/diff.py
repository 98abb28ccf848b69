"""`pledgebook diff`: what differs between two versions, and why."""

from __future__ import annotations

import json
from typing import Annotated

import polars as pl
import typer

from pledgebook.command_line.options import RELEASES, Releases
from pledgebook.releases.book.comparison import Comparison, compare_versions, counts
from pledgebook.releases.errors import ReleaseError

_SHOWN = 100


def diff(
    old: Annotated[str, typer.Argument(help="Number of the earlier version.")],
    new: Annotated[str, typer.Argument(help="Number of the later version, or latest.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print every difference as JSON, for programs.")] = False,
    releases: Releases = RELEASES,
) -> None:
    """Compare two versions row by row; exit code 0 when they are the same, 1 when they differ, 2 when they could not be compared.

    Example: pledgebook diff 1.1.0 1.2.0
    """
    try:
        compared = compare_versions(releases, old, new)
    except ReleaseError as error:
        typer.echo(f"pledgebook: {error}", err=True)
        raise typer.Exit(2) from error
    print(_as_json(compared) if as_json else _as_text(compared))
    if not compared.same:
        raise typer.Exit(1)


def _as_json(compared: Comparison) -> str:
    beside = [{**row, "row": json.loads(row["row"])} for row in compared.beside.iter_rows(named=True)]
    return json.dumps(
        {
            "old": compared.old.version,
            "new": compared.new.version,
            "same": compared.same,
            "changes": [_decoded(row) for row in compared.changes.iter_rows(named=True)],
            "beside": beside,
        },
        ensure_ascii=False,
        indent=2,
    )


def _decoded(row: dict[str, str | None]) -> dict[str, object]:
    """The values of a change as they are: of a column that came or went they are names of types, not JSON."""
    if row["row_id"] == "*":
        return dict(row)
    return {name: json.loads(cell) if name in ("old", "new") and cell else cell for name, cell in row.items()}


def _as_text(compared: Comparison) -> str:
    if compared.same:
        return f"{compared.old.version} and {compared.new.version} are the same."
    lines = [f"From {compared.old.version} to {compared.new.version}:"]
    for table, change, cause, column, rows in counts(compared.changes).iter_rows():
        what = f", column {column}" if column else ""
        lines.append(f"  {table}: {rows:,} {change}{what} ({cause or 'cause not told'})")
    for table, change, rows in compared.beside.group_by("table", "change", maintain_order=True).len().iter_rows():
        lines.append(f"  {table}: {rows:,} {change}")
    return "\n".join([*lines, "", *_rows(compared.changes)])


def _rows(changes: pl.DataFrame) -> list[str]:
    """A line for each difference, up to a number that a terminal bears."""
    lines = []
    for row in changes.head(_SHOWN).iter_rows(named=True):
        value = f" {row['column']}: {row['old']} -> {row['new']}" if row["column"] else ""
        lines.append(f"{row['change']:<8} {row['row_id']}{value} ({row['cause'] or 'cause not told'})")
    left_out = changes.height - _SHOWN
    return [*lines, f"and {left_out:,} more: --json prints all"] if left_out > 0 else lines
