"""The documents of a version that do not come from the schemas: its data card and its quality record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from pledgebook.releases.causes import Origin
from pledgebook.releases.frames import Tables
from pledgebook.releases.place import as_text
from schemas import SCHEMA_VERSION

CARD = """# Pledgebook {version}

What governments promised each other: commitments found in official readouts, each with the words that prove it.{kind}

| | |
|---|---|
| version | {version}, data as of {date} |
| documents | {readouts:,} |
| commitments | {commitments:,} |
| days | {first} to {last} |
| issuers | {issuers} |
| at their sources | {edited:,} edited, {gone:,} gone |
| schema, codebook | {schema}, {codebook} |
| extractor | {extractor} |
| code | {code} |
| measured | {measured} |
| licence | coding CC BY 4.0; each text keeps its own, see `readouts.licence` |

- `dictionary.md` describes every column, `codelists/` every code, `CHANGELOG.md` what this version brings.
- `*.parquet` and `csv/` hold the same tables; `sample.csv` shows a few commitments.
- `quality.json` says how well the extractor was measured to work, and what the readers were; `quarantine` what was set aside and why.
- `coverage` says what was collected: a month without rows there is a month that nobody looked at.
- Sum `amount` only where `amount_summable` is true, and per currency.
- Statements are coded as their issuer words them; whether a promise was kept is not recorded here.
- Check the files with `sha256sum -c SHA256SUMS`.
"""


def data_card(version: str, date: str, origin: Origin, tables: Tables, measured: Mapping[str, Any] | None) -> str:
    """Return the README of a version; `measured` is the record of quality."""
    readouts = tables["readouts"]
    demonstration = "\n\n**A demonstration**, made from bundled summaries alone; its figures mean nothing."
    return CARD.format(
        version=version,
        kind=demonstration if version.startswith("0.") else "",
        date=date,
        readouts=readouts.height,
        commitments=tables["commitments"].height,
        first=readouts["date"].min(),
        last=readouts["date"].max(),
        issuers=", ".join(readouts["issuer"].unique().sort()),
        edited=tables["captures"].filter(pl.col("event") == "edited")["readout_id"].n_unique(),
        gone=readouts.filter(pl.col("availability") == "gone").height,
        schema=SCHEMA_VERSION,
        codebook=origin.codebook,
        extractor=origin.extractor,
        code=origin.code,
        measured=_summary(measured) if _counts(origin, measured) else "not measured",
    )


def _summary(measured: Mapping[str, Any] | None) -> str:
    """One clause for each set that was scored."""
    return "; ".join(
        f"{name} ({one['documents']} documents): sentence F1 {one['figures']['sentence_f1']:.2f}, "
        f"quote F1 {one['figures']['item_f1']:.2f}, with all codes right {one['figures']['right_f1']:.2f}"
        for name, one in (measured or {}).get("sets", {}).items()
    )


def _counts(origin: Origin, measured: Mapping[str, Any] | None) -> bool:
    """A measurement of another extractor does not count."""
    return measured is not None and measured.get("extractor") == origin.extractor


def quality_record(origin: Origin, measured: Mapping[str, Any] | None) -> str:
    """Return the measured quality as JSON."""
    if measured is None or not _counts(origin, measured):
        return as_text({"extractor": origin.extractor, "status": "not measured"})
    return as_text({**measured, "status": "measured"})


def release_date(tables: Tables, captures: pl.DataFrame, previous: str | None) -> str:
    """Return the day of the newest capture or event that the book rests on, never before that of the previous version."""
    seen = [captures["captured_at"], tables["readouts"]["retrieved_at"], tables["captures"]["captured_at"]]
    times = pl.concat(seen).drop_nulls()
    days = [str(times.dt.date().max())] if times.len() else [str(tables["readouts"]["date"].max())]
    return max([*days, *([previous] if previous else [])])
