"""The part of the changelog for those whose notebook read the version before."""

from __future__ import annotations

import polars as pl

from pledgebook.releases.book.difference import EVERY_ROW
from pledgebook.releases.book.versions import same_first_number
from pledgebook.releases.texts.changelog import Told
from pledgebook.releases.texts.changelog_words import joined
from schemas import SCHEMA_VERSION


def advice(told: Told, successors: dict[str, str]) -> str:
    """Return what a notebook may stumble over, and what to do; nothing of a first version.

    `successors` names for each column that went, as `table.column`, the one to use in its place.
    """
    if told.previous is None and not told.withdrawn:
        return ""
    lines = [*shape_advice(told, successors), *row_advice(told)]
    if not lines:
        return (
            "### If your notebook breaks\n\nIt should not: columns, types and the rows that it read are as they were.\n"
        )
    kept = f"version {told.previous.version}" if told.previous else "the version that you used"
    last = f"- To go on with what you had, read {kept}: its files stay where they are."
    return "\n".join(["### If your notebook breaks\n", *lines, last, ""])


def shape_advice(told: Told, successors: dict[str, str]) -> list[str]:
    """Tell what to do about columns that went or changed their type."""
    moved = told.tables["changes"].filter(pl.col("row_id") == EVERY_ROW, pl.col("change") != "added")
    lines = []
    if told.previous and not same_first_number(told.previous.schema, SCHEMA_VERSION):
        lines.append(f"- Schema {SCHEMA_VERSION} follows {told.previous.schema}: read `dictionary.md` anew.")
    for table, column, change in moved.select("table", "column", "change").sort("table", "column").iter_rows():
        name = f"{table}.{column}"
        if change == "changed":
            lines.append(f"- `{name}` has another type: cast it where you compare or join it.")
        elif name in successors:
            lines.append(f"- `{name}` is gone: use `{successors[name]}`.")
        else:
            lines.append(f"- `{name}` is gone and nothing takes its place.")
    return lines


def row_advice(told: Told) -> list[str]:
    """Tell what to do about rows that left, changed, or follow another codebook."""
    changes = told.tables["changes"].filter(pl.col("row_id") != EVERY_ROW)
    kinds = set(changes["change"])
    lines = []
    if told.fresh.height:
        lines.append(
            "- A row that you cited is not there? Look its id up in `withdrawn_rows`: `reason` says why it left, "
            "`replaced_by` what took its place."
        )
    if "changed" in kinds:
        lines.append("- A value differs? `changes` has the old and the new one, with the cause.")
    if "codebook" in set(changes["cause"]):
        codebooks = joined([f"{one}" for one in told.tables["commitments"]["codebook"].unique().sort()])
        lines.append(f"- Rows follow codebook {codebooks}: its history stands in the data card.")
    return lines
