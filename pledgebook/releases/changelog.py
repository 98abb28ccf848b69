"""The section of the changelog that tells, in words and numbers, what one version brings."""

from __future__ import annotations

import polars as pl

from pledgebook.releases.difference import EVERY_ROW
from pledgebook.releases.frames import Tables
from schemas import SCHEMA_VERSION, codelists

NOUNS = {"readouts": "document", "commitments": "commitment"}
CAUSES = {
    "source": "because documents were published or edited at their source",
    "extractor": "because the extractor reads the same text differently",
    "codebook": "because the codebook changed",
    "correction": "by hand, in data/corrections.csv",
    "sample_replaced": "because samples gave way to the real documents",
}
LEFT = {
    "sample_replaced": "gone with samples that gave way to the real documents",
    "not_found_again": "not found again by the extractor",
    "correction": "withdrawn by hand",
    "merged": "merged into others",
    "version_withdrawn": "gone with a version that was withdrawn",
}
NEW = [("readouts", "readout_id", "issuer", "actors"), ("commitments", "commitment_id", "topic", "topics")]
NAMED = 5


def changelog_section(version: str, date: str, previous: str | None, tables: Tables, fresh: pl.DataFrame) -> str:
    """Return the section of a version; `fresh` holds the rows of `withdrawn_rows` that this version adds."""
    parts = [
        f"## {version} ({date})\n",
        opening(version, previous, tables),
        *new_rows(tables),
        *gone_rows(fresh),
        *changed_rows(tables["changes"]),
        *shape(tables["changes"]),
        *set_aside(tables["quarantine"]),
    ]
    return "\n".join(parts) + "\n"


def opening(version: str, previous: str | None, tables: Tables) -> str:
    """Say how much the book holds, and what kind of version this is."""
    holds = (
        f"{counted('readouts', tables['readouts'].height)} and {counted('commitments', tables['commitments'].height)}"
    )
    follows = f"It follows {previous}." if previous else "It is the first version here."
    demonstration = ""
    if version.startswith("0."):
        demonstration = " This is a demonstration, made from the bundled samples alone: do not cite its figures."
    elif previous and previous.startswith("0."):
        demonstration = " It is the first version with official texts."
    return f"The book holds {holds}. {follows}{demonstration}\n"


def new_rows(tables: Tables) -> list[str]:
    """Tell what is new: how many documents and commitments, whose documents, on which topics."""
    lines = []
    for name, key, by, names in NEW:
        added = tables["changes"].filter(pl.col("table") == name, pl.col("change") == "added")
        if added.height:
            rows = tables[name].filter(pl.col(key).is_in(added["row_id"].to_list()))
            called = codelists.table(names).select("code", "name")
            spoken = rows.select(code=pl.col(by).cast(pl.String)).join(called, on="code")["name"]
            lines.append(f"- New: {counted(name, added.height)}, by {by}: {most_frequent(spoken)}.")
    return lines


def gone_rows(fresh: pl.DataFrame) -> list[str]:
    """Tell what has left, and by which rule; withdrawn_rows names each row."""
    groups = fresh.group_by("table", "reason").len().sort("table", "reason", descending=[True, False])
    return [f"- Gone: {counted(table, number)}, {LEFT[reason]}." for table, reason, number in groups.iter_rows()]


def changed_rows(changes: pl.DataFrame) -> list[str]:
    """Tell how many rows changed, why, and in which columns."""
    changed = changes.filter(pl.col("change") == "changed", pl.col("row_id") != EVERY_ROW)
    groups = (
        changed.group_by("table", "cause")
        .agg(pl.col("row_id").n_unique(), "column")
        .sort("table", "cause", descending=[True, False])
    )
    return [
        f"- Changed: {counted(table, number)}, {CAUSES[cause]} (columns: {most_frequent(pl.Series(columns))})."
        for table, cause, number, columns in groups.iter_rows()
    ]


def shape(changes: pl.DataFrame) -> list[str]:
    """Tell which columns came, went or changed their type."""
    moved = changes.filter(pl.col("row_id") == EVERY_ROW).sort("table", "column")
    words = {"added": "came", "removed": "went", "changed": "changed its type"}
    said = [
        f"`{table}.{column}` {words[change]}"
        for table, column, change in moved.select("table", "column", "change").iter_rows()
    ]
    return [f"- Schema {SCHEMA_VERSION}: {'; '.join(said)}."] if said else []


def set_aside(quarantine: pl.DataFrame) -> list[str]:
    """Tell how much stands in quarantine."""
    entries = f"{quarantine.height:,} {'entry' if quarantine.height == 1 else 'entries'}"
    return [f"- Set aside: {entries} in `quarantine`, each with its reason."] if quarantine.height else []


def counted(table: str, number: int) -> str:
    """Return a number with its noun."""
    return f"{number:,} {NOUNS[table]}{'' if number == 1 else 's'}"


def most_frequent(values: pl.Series) -> str:
    """Name the most frequent values with their numbers."""
    counts = (
        values.cast(pl.String)
        .rename("value")
        .value_counts(name="number")
        .sort("number", "value", descending=[True, False])
    )
    named = [f"{value} {number:,}" for value, number in counts.head(NAMED).iter_rows()]
    return ", ".join(named) + (" and others" if counts.height > NAMED else "")
