"""The part of the changelog that tells what happened at the sources: statements edited, gone and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from pledgebook.releases.book.texts import Texts
from pledgebook.releases.frames import Tables
from pledgebook.releases.texts.changelog_words import PLACES
from pledgebook.releases.texts.markdown import link, shown
from pledgebook.releases.texts.text_changes import sentence_changes

IN_FULL = 50
KEY = ["readout_id", "captured_at", "event"]
UNKNOWN = "unknown"
HEADINGS = {"gone": "Gone from the source", "back": "Back at the source"}


def at_the_source(previous: Tables, tables: Tables, texts: Texts) -> str:
    """Return the subsections on edited, gone and back statements of a version; `texts` are those of both; empty when nothing of the kind happened."""
    fresh = tables["captures"].join(previous["captures"], on=KEY, how="anti", maintain_order="left")
    told = fresh.select(KEY).join(tables["readouts"], on="readout_id", maintain_order="left")
    lines = edited(previous, tables, texts, told.filter(pl.col("event") == "edited"))
    for event, heading in HEADINGS.items():
        rows = told.filter(pl.col("event") == event).sort("captured_at", "readout_id")
        said = [f"- {name_of(row)}, noticed on {row['captured_at']:%Y-%m-%d}." for row in rows.iter_rows(named=True)]
        lines += [f"\n### {heading}\n", *said] if said else []
    return "\n".join(lines) + ("\n" if lines else "")


def edited(previous: Tables, tables: Tables, texts: Texts, events: pl.DataFrame) -> list[str]:
    """Return the subsection on edited statements: those whose text is not that of the previous release.

    A sample was never the text of the source, so its giving way is no edit.
    """
    before = previous["readouts"].filter(pl.col("text_origin") == "official")
    columns = before.select("readout_id", old_text="text", old_sha256="text_sha256", old_title="title")
    rows = events.join(columns, on="readout_id").filter(pl.col("old_sha256") != pl.col("text_sha256"))
    newest = rows.sort("captured_at", "readout_id").unique("readout_id", keep="last", maintain_order=True)
    lines = ["\n### Edited at the source\n"] if newest.height else []
    in_full = newest.sort("date", "readout_id").head(IN_FULL)
    words = texts.named(pl.concat([in_full["old_text"], in_full["text"]]))
    for place, row in enumerate(newest.sort("date", "readout_id").iter_rows(named=True)):
        lines.append(f"- {name_of(row)}, new copy of {row['captured_at']:%Y-%m-%d}{':' if place < IN_FULL else '.'}")
        lines += [f"  - {line}" for line in details(previous, tables, words, row)] if place < IN_FULL else []
    return lines


def details(previous: Tables, tables: Tables, words: dict[str, str], row: dict[str, Any]) -> Iterator[str]:
    """Tell what differs in an edited statement: its title, its sentences, its commitments."""
    if row["old_title"] != row["title"]:
        yield f"title was: “{shown(row['old_title'])}”"
    if row["text"] is None or row["old_text"] is None:
        hashes = f"SHA-256 {row['old_sha256']}, now {row['text_sha256']}"
        yield f"{why_not_printed(row)} (it was {hashes})"
    else:
        yield from sentence_changes(words[row["old_text"]], words[row["text"]])
    yield from commitment_changes(previous, tables, row["readout_id"])


def why_not_printed(row: dict[str, Any]) -> str:
    """Say why the two texts of an edited statement are not held against each other."""
    if row["text"] is not None:
        return "the release before does not hold its text"
    if row["licence"] == UNKNOWN:
        return "its licence is not known, so that its text is not printed"
    return "its licence does not allow to print the text"


def commitment_changes(previous: Tables, tables: Tables, readout_id: str) -> Iterator[str]:
    """Tell which commitments of a readout came, went and changed."""
    both = [part["commitments"].filter(pl.col("readout_id") == readout_id) for part in (previous, tables)]
    quotes = dict(pl.concat([part.select("commitment_id", "quote") for part in both]).iter_rows())
    mine = (pl.col("table") == "commitments") & pl.col("row_id").is_in(list(quotes))
    changes = (
        tables["changes"]
        .filter(mine, ~pl.col("column").is_in(sorted(PLACES)).fill_null(False))
        .sort("row_id", "column")
    )
    for (row_id, change), cells in changes.group_by("row_id", "change", maintain_order=True):
        named = f"`{row_id}` “{shown(quotes[str(row_id)])}”"
        if change == "changed":
            yield f"commitment changed: {named}: {'; '.join(map(cell, cells.iter_rows(named=True)))}"
        else:
            yield f"commitment {'came' if change == 'added' else 'went'}: {named}"


def cell(change: dict[str, Any]) -> str:
    """Name a column that changed with both values; those of `sentence` are told with the text, where that may be printed."""
    if change["column"] == "sentence":
        return "`sentence`"
    return f"`{change['column']}` {value(change['old'])} → {value(change['new'])}"


def value(stored: str | None) -> str:
    """Return a value for reading; the table `changes` holds it as JSON."""
    told = json.loads(stored) if stored else None
    if isinstance(told, list):
        return shown(", ".join(map(str, told))) or "empty"
    return "empty" if told is None else f"“{shown(str(told))}”"


def name_of(row: dict[str, Any]) -> str:
    """Name a statement: title, issuer, date, address."""
    where = f", {link(row['url'])}" if row["url"] else ""
    return f"“{shown(row['title'])}” ({row['issuer']}, {row['date']}{where})"
