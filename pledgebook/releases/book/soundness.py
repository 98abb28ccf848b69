"""Whether a whole book keeps its own rules: rows, keys, foreign keys, and quotes at their offsets."""

from __future__ import annotations

import polars as pl

from pledgebook.releases.book.texts import Texts
from pledgebook.releases.book.validation import misplaced_words, row_failures
from pledgebook.releases.frames import Tables, kept
from schemas import TABLES

NAMED = 3


def faults(tables: Tables, texts: Texts) -> dict[str, list[str]]:
    """Return what is wrong with each table of a book with these texts, in sentences that name rows; a sound table has none.

    Raises BrokenColumn when a table has not the shape of its schema.
    """
    return {name: [*row_faults(name, tables, texts), *reference_faults(name, tables)] for name in TABLES}


def row_faults(name: str, tables: Tables, texts: Texts) -> list[str]:
    """Say which rows fail a check of their own, or quote what their text does not say."""
    rows = tables[name]
    if rows.is_empty():
        return []
    said = sentences(name, rows, row_failures(name, rows, TABLES[name].to_schema()))
    if name == "commitments":
        # Without a text that may be republished there is nothing to hold a quote against.
        held = tables["readouts"].filter(pl.col("text").is_not_null())
        readable = kept(rows, pl.col("readout_id").is_in(held["readout_id"].implode()))
        said += sentences(name, readable, misplaced_words(readable, held, texts))
    return said


def sentences(name: str, rows: pl.DataFrame, failures: pl.DataFrame) -> list[str]:
    """Return one sentence for each reason, with the first rows that it concerns."""
    grouped = failures.group_by("reason", maintain_order=True).agg("index")
    return [f"{listed(name, rows[indexes])}: {reason}" for reason, indexes in grouped.iter_rows()]


def reference_faults(name: str, tables: Tables) -> list[str]:
    """Say which rows refer to a row that is not there."""
    said = []
    for column in TABLES[name].names("references"):
        table, key = TABLES[name].metadata(column)["references"].split(".")
        lost = tables[name].filter(~pl.col(column).is_in(tables[table][key].implode()))
        if lost.height:
            said.append(f"{listed(name, lost)}: {column} is not in {table}")
    return said


def listed(name: str, rows: pl.DataFrame) -> str:
    """Name the first rows by their keys, and count the others."""
    keys = TABLES[name].names("key") or ["row_id"]
    named = [" ".join(str(value) for value in values) for values in rows.select(keys).head(NAMED).iter_rows()]
    more = f" and {rows.height - NAMED} more" if rows.height > NAMED else ""
    return ", ".join(named) + more
