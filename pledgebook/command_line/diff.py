"""`pledgebook diff`: what differs between two versions, and why."""

from __future__ import annotations

import json
from typing import Annotated

import polars as pl
import typer

from pledgebook.command_line.options import RELEASES, Releases
from pledgebook.command_line.row_words import words_of_rows
from pledgebook.command_line.withdrawn import warn_of_withdrawn
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
    warn_of_withdrawn(compared.old, compared.new)
    print(_as_json(compared) if as_json else _as_text(compared, releases))
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


def _as_text(compared: Comparison, releases: str) -> str:
    if compared.same:
        return f"{compared.old.version} and {compared.new.version} are the same."
    lines = [f"From {compared.old.version} to {compared.new.version}:"]
    for table, change, cause, column, rows in counts(compared.changes).iter_rows():
        what = f", column {column}" if column else ""
        lines.append(f"  {table}: {rows:,} {change}{what} ({cause or 'cause not told'})")
    for table, change, rows in compared.beside.group_by("table", "change", maintain_order=True).len().iter_rows():
        lines.append(f"  {table}: {rows:,} {change}")
    return "\n".join([*lines, "", *_rows(compared, releases)])


def _rows(compared: Comparison, releases: str) -> list[str]:
    """A line for each difference, up to a number that a terminal bears."""
    shown = compared.changes.head(_SHOWN)
    words = _words(shown, "added", compared.new.version, releases) | _words(
        shown, "removed", compared.old.version, releases
    )
    lines = []
    for row in shown.iter_rows(named=True):
        said = f"{row['column']}: {row['old']} -> {row['new']}" if row["column"] else words[row["row_id"]]
        lines.append(f"{row['change']:<8} {row['row_id']} {said} ({row['cause'] or 'cause not told'})")
    left_out = compared.changes.height - _SHOWN
    return [*lines, f"and {left_out:,} more: --json prints all"] if left_out > 0 else lines


def _words(changes: pl.DataFrame, change: str, version: str, releases: str) -> dict[str, str]:
    """What the rows that came, or left, are about, as the version says that holds them."""
    return words_of_rows(releases, version, set(changes.filter(change=change)["row_id"]))
