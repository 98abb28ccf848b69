"""The section of the changelog that tells, in words and numbers, what one version brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import polars as pl

from pledgebook.releases.book.corrections import Correction
from pledgebook.releases.book.difference import EVERY_ROW
from pledgebook.releases.frames import Tables, is_demonstration
from pledgebook.releases.places.index import Entry
from pledgebook.releases.texts.changelog_words import (
    CAUSES,
    LEFT,
    UNFOUND,
    counted,
    most_frequent,
    named_columns,
    shape_line,
)
from pledgebook.releases.texts.markdown import shown
from schemas import SCHEMA_VERSION, codelists

IN_FULL = 50


class Told(NamedTuple):
    """What the changelog of a version tells of.

    previous: the version before, None at first; withdrawn: whether versions since were withdrawn; tables: those of this version; fresh:
    the rows of `withdrawn_rows` that it adds; corrections: the lines of `data/corrections.csv`.
    """

    version: str
    date: str
    previous: Entry | None
    withdrawn: bool
    tables: Tables
    fresh: pl.DataFrame
    corrections: Sequence[Correction]


def changelog_section(told: Told) -> str:
    """Return what a version brings, but for what happened at the sources."""
    lines = [
        f"## {told.version} ({told.date})\n",
        opening(told),
        *headed("New", new_rows(told.tables)),
        *headed("Left", gone_rows(told)),
        *headed("Changed", [*corrected_by_hand(told), *changed_rows(told.tables["changes"])]),
        *headed(f"Schema {SCHEMA_VERSION}", shape(told.tables["changes"])),
        *headed("Set aside", set_aside(told.tables["quarantine"])),
    ]
    return "\n".join(lines) + "\n"


def headed(heading: str, lines: Sequence[str] | Iterator[str]) -> list[str]:
    """Return lines below their heading; nothing of no lines."""
    said = list(lines)
    return [f"### {heading}\n", *said, ""] if said else []


def opening(told: Told) -> str:
    """Say what kind of version this is, and how much the book holds."""
    holds = " and ".join(counted(name, told.tables[name].height) for name in ("readouts", "commitments"))
    follows = f"It follows {told.previous.version}." if told.previous else "It is the first version here."
    if told.withdrawn:
        follows = (
            f"{follows} Later versions were withdrawn." if told.previous else "All earlier versions were withdrawn."
        )
    demonstration = ""
    if is_demonstration(told.tables):
        demonstration = " This is a demonstration, made from the bundled samples alone: do not cite its figures."
    elif told.previous and told.previous.version.startswith("0."):
        demonstration = " It is the first version with official texts."
    return f"The book holds {holds}. {follows}{demonstration}\n"


def new_rows(tables: Tables) -> Iterator[str]:
    """Tell what is new: how many documents and whose, how many commitments and on what."""
    for name, key, by, names in (
        ("readouts", "readout_id", "issuer", "actors"),
        ("commitments", "commitment_id", "topic", "topics"),
    ):
        came = (pl.col("table") == name) & (pl.col("change") == "added")
        added = tables["changes"].filter(came, pl.col("row_id") != EVERY_ROW)
        if added.height:
            rows = tables[name].filter(pl.col(key).is_in(added["row_id"].to_list()))
            called = codelists.table(names).select("code", "name")
            spoken = rows.select(code=pl.col(by).cast(pl.String)).join(called, on="code")["name"]
            yield f"- {counted(name, added.height)}, by {by}: {most_frequent(spoken)}."


def gone_rows(told: Told) -> Iterator[str]:
    """Tell what has left, by which rule, and why nothing is found any more; withdrawn_rows names each row."""
    causes = told.tables["changes"].filter(pl.col("change") == "removed").select("row_id", "cause")
    unfound = pl.when(pl.col("reason") == "not_found_again").then("cause")
    rows = told.fresh.join(causes, on="row_id", how="left", maintain_order="left").with_columns(why=unfound)
    groups = (
        rows.group_by("table", "reason", "why").len().sort("table", "reason", "why", descending=[True, False, False])
    )
    for table, reason, why, number in groups.iter_rows():
        yield f"- {counted(table, number)} {'was' if number == 1 else 'were'} {LEFT[reason]}{UNFOUND.get(why, '')}."


def corrected_by_hand(told: Told) -> Iterator[str]:
    """Tell which rows were corrected by hand in this version, and why."""
    changes = told.tables["changes"].filter(pl.col("cause") == "correction")
    touched = set(changes.select("row_id", "column").iter_rows())
    lines = [line for line in told.corrections if (line.row_id, line.column or None) in touched]
    for line in lines[:IN_FULL]:
        done = f"`{line.column}` {words(line.expected)} → {words(line.value)}" if line.column else "withdrawn"
        yield f"- By hand: `{line.row_id}` {done}: {shown(line.reason.rstrip('.'))}."
    if len(lines) > IN_FULL:
        yield f"- By hand: {len(lines) - IN_FULL:,} more, see `changes`."


def words(value: str) -> str:
    """Return a value of the corrections for reading."""
    return f"“{shown(value)}”" if value else "empty"


def changed_rows(changes: pl.DataFrame) -> Iterator[str]:
    """Tell how many rows changed otherwise, why, and in which columns."""
    changed = changes.filter(
        pl.col("change") == "changed", pl.col("row_id") != EVERY_ROW, pl.col("cause") != "correction"
    )
    groups = changed.group_by("table", "cause").agg(pl.col("row_id").n_unique(), "column")
    for table, cause, number, columns in groups.sort("table", "cause", descending=[True, False]).iter_rows():
        yield f"- {counted(table, number)} {CAUSES[cause]}: {named_columns(pl.Series(columns))}."


def shape(changes: pl.DataFrame) -> Iterator[str]:
    """Tell which columns came, went or changed their type."""
    moved = changes.filter(pl.col("row_id") == EVERY_ROW).sort("table", "column")
    for row in moved.select("table", "column", "change", "old", "new").iter_rows():
        yield shape_line(*row)


def set_aside(quarantine: pl.DataFrame) -> Iterator[str]:
    """Tell how much stands in quarantine."""
    if quarantine.height:
        entries = f"{quarantine.height:,} {'entry stands' if quarantine.height == 1 else 'entries stand'}"
        yield f"- {entries} in `quarantine`, each with its reason."
