"""`pledgebook show`: the commitments of a version as a readable table."""

from __future__ import annotations

import shutil
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from pledgebook.command_line.options import RELEASES, Releases, Since, Until, Version
from pledgebook.command_line.withdrawn import warn_of_withdrawn
from pledgebook.releases.places.place import entry_of
from pledgebook.releases.places.published import read_table
from schemas import codelists

_WIDTH_WITHOUT_TERMINAL = 160


def show(
    version: Version = "latest",
    actor: Annotated[str | None, typer.Option("--actor", help="Code of who is bound, as USA.")] = None,
    recipient: Annotated[str | None, typer.Option("--recipient", help="Code of who gains, as UKR.")] = None,
    topic: Annotated[int | None, typer.Option("--topic", help="Topic code, as 16.")] = None,
    since: Since = None,
    until: Until = None,
    releases: Releases = RELEASES,
) -> None:
    """Show commitments, newest first, filtered by who, to whom, topic and date.

    Example: pledgebook show --actor USA --recipient UKR --since 2022-01-01
    """
    entry = entry_of(releases, version)
    warn_of_withdrawn(entry)
    rows = read_table(releases, "commitments", entry.version)
    tests = [
        pl.col("actors").list.contains(actor) if actor else None,
        pl.col("recipients").list.contains(recipient) if recipient else None,
        pl.col("topic") == topic if topic is not None else None,
        pl.col("date") >= since.date() if since else None,
        pl.col("date") <= until.date() if until else None,
    ]
    for test in tests:
        rows = rows if test is None else rows.filter(test)
    _print(rows.sort(["date", "readout_id", "char_start"], descending=[True, False, False]))


def _print(rows: pl.DataFrame) -> None:
    # A quote may hold brackets and colons; they are words.
    console = Console(markup=False, emoji=False)
    if not console.is_terminal:
        width = max(_WIDTH_WITHOUT_TERMINAL, shutil.get_terminal_size().columns)
        console = Console(width=width, markup=False, emoji=False)
    table = Table(
        "date", "who", "to or against", "act", "topic", "promise", "sum", "due", "id", box=None, header_style="bold"
    )
    topics = dict(codelists.table("topics").select("code", "name").iter_rows())
    for row in rows.iter_rows(named=True):
        table.add_row(*_cells(row, topics))
    console.print(table)
    console.print(f"{rows.height:,} {'commitment' if rows.height == 1 else 'commitments'}")


def _cells(row: dict[str, Any], topics: dict[str, str]) -> tuple[str, ...]:
    against = [f"against {code}" for code in row["targets"]]
    money = f"{row['amount']:,.0f} {row['currency']}" if row["amount"] is not None else ""
    return (
        f"{row['date']}",
        ", ".join(row["actors"]),
        ", ".join([*row["recipients"], *against]),
        row["act"],
        topics[str(row["topic"])],
        row["quote"],
        money,
        row["due_text"] or "",
        row["commitment_id"],
    )
