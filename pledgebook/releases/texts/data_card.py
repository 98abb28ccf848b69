"""The documents of a version that do not come from the schemas: its data card and its quality record.

The card's sections are in `card_*.py`; what does not depend on the version is text in `card/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pledgebook.releases.book.causes import Origin
from pledgebook.releases.frames import Tables, is_demonstration, official
from pledgebook.releases.places.index import as_text
from pledgebook.releases.texts.card_collected import collected
from pledgebook.releases.texts.card_money import empty_and_new, money
from pledgebook.releases.texts.card_scores import scores
from pledgebook.releases.texts.card_text import Cell, passage, span, table
from pledgebook.releases.texts.citation import citation
from pledgebook.releases.texts.markdown import shown
from schemas import SCHEMA_VERSION

HEAD = """# Pledgebook {version}

What governments promised each other: commitments found in official readouts, each with the words that prove it.
"""
DEMONSTRATION = "\n**A demonstration**, made from bundled summaries alone; its figures mean nothing.\n"


def data_card(
    version: str, date: str, origin: Origin, tables: Tables, measured: Mapping[str, Any] | None, audited: str = ""
) -> str:
    """Return the README of a version.

    `measured` is the record of quality; `audited` a section of Markdown on what people checked, empty when nobody did.
    """
    demonstration = is_demonstration(tables)
    quality = measured if _counts(origin, measured) else None
    without_samples = official(tables)
    sections = [
        HEAD.format(version=version) + (DEMONSTRATION if demonstration else ""),
        f"## What this is\n\n{_overview(version, date, origin, tables, quality)}\n",
        passage("measured"),
        collected(tables, without_samples),
        passage("rows", extractor=shown(origin.extractor)),
        scores(quality, audited),
        money(without_samples, demonstration=demonstration),
        empty_and_new(without_samples, demonstration=demonstration),
        passage("uses"),
        passage("reading"),
        passage("errors"),
        passage("cite", citation=citation(version, date)),
        passage("history"),
    ]
    return "\n".join(sections)


def _overview(version: str, date: str, origin: Origin, tables: Tables, quality: Mapping[str, Any] | None) -> str:
    """Return the table at the head of the card: what this version is."""
    readouts = tables["readouts"]
    summaries = readouts.filter(pl.col("text_origin") == "summary").height
    edited = tables["captures"].filter(pl.col("event") == "edited")["readout_id"].n_unique()
    gone = readouts.filter(pl.col("availability") == "gone").height
    rows: dict[str, Cell] = {
        "version": f"{version}, data as of {date}",
        "documents": readouts.height,
        **({"of these, summaries in our own words": summaries} if summaries else {}),
        "commitments": tables["commitments"].height,
        "days": span(readouts["date"]),
        "issuers": ", ".join(readouts["issuer"].unique().sort()),
        "at their sources": f"{edited:,} edited, {gone:,} gone",
        "schema, codebook": f"{SCHEMA_VERSION}, {origin.codebook}",
        "extractor": shown(origin.extractor),
        "code": origin.code,
        "measured": _summary(origin, quality) if quality else "not measured",
        "licence": "coding CC BY 4.0; each text keeps its own, see `readouts.licence`",
    }
    return table(["", ""], rows.items())


def _summary(origin: Origin, quality: Mapping[str, Any]) -> str:
    """One clause for each set that was scored; whose scores they are where several extractors found the rows."""
    several = origin.extractor != quality["extractor"]
    return (f"{shown(quality['extractor'])} alone: " if several else "") + "; ".join(
        f"{shown(name)} ({one['documents']} documents): sentence F1 {one['figures']['sentence_f1']:.2f}, "
        f"quote F1 {one['figures']['item_f1']:.2f}, with all codes right {one['figures']['right_f1']:.2f}"
        for name, one in quality.get("sets", {}).items()
    )


def _counts(origin: Origin, measured: Mapping[str, Any] | None) -> bool:
    """A measurement counts when its extractor found rows of the book; those of others it does not speak of."""
    return measured is not None and measured.get("extractor") in origin.extractor.split("; ")


def quality_record(origin: Origin, measured: Mapping[str, Any] | None) -> str:
    """Return the measured quality as JSON."""
    if measured is None or not _counts(origin, measured):
        return as_text({"extractor": origin.extractor, "status": "not measured"})
    return as_text({**measured, "status": "measured"})


def release_date(tables: Tables, captures: pl.LazyFrame, previous: str | None) -> str:
    """Return the day of the newest capture or event that the book rests on, never before that of the previous version."""
    looked_at = captures.select(pl.max("captured_at")).collect().item()
    seen = [looked_at, tables["readouts"]["retrieved_at"].max(), tables["captures"]["captured_at"].max()]
    days = [time.date() for time in seen if time is not None] or [tables["readouts"]["date"].max()]
    return max([*map(str, days), *([previous] if previous else [])])
