"""The steps of a run between its plan and its release, batch by batch: parse, choose, extract, bring together.

A step that finds its tables in the work area has been done by an earlier run, which was killed later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import polars as pl

from pledgebook.extraction import extract
from pledgebook.extraction.tables import found_schema
from pledgebook.readouts import empty_readouts, parse_readouts
from pledgebook.releases.reading_record import DOCUMENT, SCHEMA, Reading, no_documents
from pledgebook.runs.plan import Batch, Plan
from pledgebook.runs.selection import Selection
from pledgebook.runs.work_area import WorkArea, refuse_missing_folder
from pledgebook.sources.addresses import canonical_url
from pledgebook.sources.captures import captures_table
from pledgebook.sources.excerpt import excerpt_from
from pledgebook.sources.registry import SAMPLES
from schemas import polars_schema

_CHOSEN_BY = ["readout_id", "date", "source"]


class Read(NamedTuple):
    """What all batches came to, as `make_release` takes it: readouts, found commitments, quarantine, captures, events, and the documents."""

    readouts: pl.LazyFrame
    found: pl.LazyFrame
    quarantine: pl.DataFrame
    captures: pl.LazyFrame
    events: pl.LazyFrame
    reading: Reading | None


def parse_batch(area: WorkArea, raw: str | Path, batch: str) -> None:
    """Read the documents of a batch; leaves the tables readouts, quarantine, events, seen and read."""
    if area.has(f"{batch}/read"):
        return
    refuse_missing_folder(raw)
    documents = area.read(f"{batch}/documents")
    with closing(excerpt_from(raw, area.read(f"{batch}/captures"), area.read(f"{batch}/answers"))) as excerpt:
        newest = excerpt.newest()
        parsed = parse_readouts(newest, excerpt)
    area.write(f"{batch}/readouts", parsed.readouts)
    area.write(f"{batch}/quarantine", parsed.quarantine)
    area.write(f"{batch}/events", parsed.events)
    area.write(f"{batch}/seen", captures_table(newest))
    area.write(f"{batch}/read", documents_read(documents, parsed.readouts))


def documents_read(documents: pl.DataFrame, readouts: pl.DataFrame) -> pl.DataFrame:
    """The documents as a record has them, each with what it says."""
    places = readouts.select("text_origin", "url", "capture_sha256", "text_sha256").iter_rows()
    rows = [
        (origin == "summary", canonical_url(url) if url else f"sha256:{capture}", int(text[:16], 16))
        for origin, url, capture, text in places
    ]
    texts = pl.DataFrame(rows, {name: SCHEMA[name] for name in (*DOCUMENT, "text")}, orient="row")
    return documents.join(texts.unique(DOCUMENT), on=DOCUMENT, how="left", maintain_order="left").select(list(SCHEMA))


def choose(area: WorkArea, batches: Sequence[Batch], selection: Selection) -> str | None:
    """Choose among the readouts of all batches those of the selection; return the name of the table that lists them, None for all."""
    if not selection.narrows:
        return None
    parts = [area.read(f"{batch.name}/readouts").select(_CHOSEN_BY) for batch in batches]
    chosen = selection.readouts(pl.concat([empty_readouts().select(_CHOSEN_BY), *parts]))["readout_id"]
    told = "\n".join(chosen.sort())
    name = f"chosen-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
    area.write(f"{name}/readouts", chosen.to_frame())
    return name


def extract_batch(area: WorkArea, batch: str, chosen: str | None) -> None:
    """Find the commitments in the chosen readouts of a batch; leaves the table commitments, named after the choice."""
    if area.has(found_name(batch, chosen)):
        return
    area.write(found_name(batch, chosen), extract(readouts_of(area, [batch], chosen).collect()))


def found_name(batch: str, chosen: str | None) -> str:
    """The name of the commitments of a batch."""
    return f"{batch}/commitments-{chosen}" if chosen else f"{batch}/commitments"


def readouts_of(area: WorkArea, batches: Sequence[str], chosen: str | None) -> pl.LazyFrame:
    """The chosen readouts of some batches."""
    readouts = pl.concat([empty_readouts().lazy(), *scan(area, [f"{batch}/readouts" for batch in batches])])
    if chosen is None:
        return readouts
    return readouts.join(area.read(f"{chosen}/readouts").lazy(), on="readout_id", how="semi", maintain_order="left")


def scan(area: WorkArea, names: Sequence[str]) -> list[pl.LazyFrame]:
    """The tables of these names, one after the other and read when they are wanted; of no names nothing."""
    files = [area.readable(name) for name in names]
    return [pl.scan_parquet(files, glob=False)] if files else []  # type: ignore[arg-type]  # an area has only paths, or only buffers


def bring_together(area: WorkArea, plan: Plan, chosen: str | None, aside: Sequence[pl.DataFrame]) -> Read:
    """The tables of all batches as one each; `aside` are quarantine rows of earlier stages.

    A sample gives way to the real document of its address that is read in the same run.
    """
    names = [batch.name for batch in plan.batches]
    readouts = readouts_of(area, names, chosen)
    ruled_out = pl.col("readout_id").is_in(told_twice(readouts).implode())
    # Sample and document have one identifier, but no batch holds both: what was found is told apart by its batch.
    samples, others = (
        scan(area, [found_name(batch.name, chosen) for batch in plan.batches if (batch.source == SAMPLES) is wanted])
        for wanted in (True, False)
    )
    return Read(
        readouts.filter(~((pl.col("text_origin") == "summary") & ruled_out)),
        pl.concat([pl.LazyFrame(schema=found_schema()), *others, *(found.filter(~ruled_out) for found in samples)]),
        together(area, "quarantine", names, pl.DataFrame(schema=polars_schema("quarantine")), *aside),
        pl.concat([captures_table([]).lazy(), *scan(area, [f"{name}/seen" for name in names])]),
        pl.concat([pl.LazyFrame(schema=polars_schema("captures")), *scan(area, [f"{name}/events" for name in names])]),
        reading_of(area, plan, names, whole=chosen is None),
    )


def told_twice(readouts: pl.LazyFrame) -> pl.Series:
    """The identifiers of the samples whose real document is among the readouts."""
    origins = readouts.select("readout_id", "text_origin").collect()
    official, samples = (origins.filter(pl.col("text_origin") == one) for one in ("official", "summary"))
    return samples.join(official, on="readout_id", how="semi")["readout_id"]


def together(area: WorkArea, name: str, batches: Sequence[str], *more: pl.DataFrame) -> pl.DataFrame:
    """One table of all batches, after others of its kind."""
    return pl.concat([*more, *(area.read(f"{batch}/{name}") for batch in batches)])


def reading_of(area: WorkArea, plan: Plan, names: Sequence[str], *, whole: bool) -> Reading:
    """What was read, for the record; of a selection nothing, since it passes over readouts that were parsed."""
    documents = scan(area, [f"{name}/read" for name in names] if whole else ())
    return Reading(plan.reader, pl.concat([no_documents().lazy(), *documents]), plan.since)
