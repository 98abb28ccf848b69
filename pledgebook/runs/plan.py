"""What a run is to read: the documents that changed since they were last read, in batches."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pledgebook.releases.places.place import open_place
from pledgebook.releases.reading_record import DOCUMENT, SCHEMA, Record, record_for
from pledgebook.runs.reader_hash import reader_hash
from pledgebook.runs.work_area import WorkArea
from pledgebook.sources.document_states import document_states
from pledgebook.sources.excerpt import excerpt_tables
from pledgebook.sources.loading import Loaded
from pledgebook.sources.registry import SAMPLES
from pledgebook.sources.store import CaptureStore

# Each batch takes about two seconds, so that at the end of a run few processors wait for the last ones.
BATCH = 250
_LISTING = {"source": pl.String, "name": pl.String, "size": pl.Int64}


@dataclass(frozen=True)
class Batch:
    """Documents of one source that are read together. name: where its tables stand in the work area; size: number of documents."""

    source: str
    name: str
    size: int


@dataclass(frozen=True)
class Given:
    """What a run was given to load. documents: sample, address; one that was given several times stands there as often; skipped: quarantine
    rows of what could not be loaded."""

    documents: pl.DataFrame
    skipped: pl.DataFrame


@dataclass(frozen=True)
class Plan:
    """batches: what is to be read; given: documents that the run was offered; unchanged: those of them that need not be read; since: the
    sums of the version that tells of them, None where all are read; reader: hash of the code that reads."""

    batches: Sequence[Batch]
    given: int
    unchanged: int
    since: str | None
    reader: str


def plan(store: CaptureStore, releases: str, area: WorkArea, sources: Sequence[str], given: Given | None) -> Plan:
    """Choose the documents to read, of those just loaded or else of the whole archive, and lay their batches into the work area.

    `sources`: names of those whose documents are wanted; none asks for all.
    """
    documents = document_states(store)
    offered = documents if given is None else given.documents
    if sources:
        of_these = documents.filter(pl.col("sources").list.set_intersection(list(sources)).list.len() > 0)
        offered = offered.join(of_these, on=DOCUMENT, how="semi", maintain_order="left")
    reader = reader_hash()
    record = record_for(open_place(releases), reader)
    wanted = changed(documents, offered, record)
    unchanged = offered.join(wanted, on=DOCUMENT, how="anti").height
    batches = [lay_down(store, area, reader, part) for part in parted(wanted)]
    return Plan(batches, offered.height, unchanged, record.basis.version if record and unchanged else None, reader)


def given_by(loaded: Loaded) -> Given:
    """What a run keeps of a load, whose captures are a kilobyte each."""
    rows = ((copy.source == SAMPLES, copy.address) for copy in loaded.captures)
    return Given(pl.DataFrame(rows, {name: SCHEMA[name] for name in DOCUMENT}, orient="row"), loaded.skipped)


def changed(documents: pl.DataFrame, offered: pl.DataFrame, record: Record | None) -> pl.DataFrame:
    """Those offered whose state is not the one that they were read in, and all that said the same as one of these.

    Two addresses with one text are one readout: when one of them says something else now, the other needs a row of its own.
    """
    if record is None:
        return documents.join(offered, on=DOCUMENT, how="semi", maintain_order="left")
    before = record.documents.rename({"state": "state_before"})
    known = documents.join(before, on=DOCUMENT, how="left", maintain_order="left")
    differs = known.filter(pl.col("state").ne_missing(pl.col("state_before"))).join(offered, on=DOCUMENT, how="semi")
    alike = pl.col("text").is_in(differs["text"].drop_nulls().unique().implode()).fill_null(False)
    wanted = pl.concat([differs.select(DOCUMENT), known.filter(alike).select(DOCUMENT)])
    return documents.join(wanted, on=DOCUMENT, how="semi", maintain_order="left")


def parted(documents: pl.DataFrame) -> list[pl.DataFrame]:
    """The documents in batches of one source each, in the order in which they were stored."""
    return [
        group[start : start + BATCH]
        for group in documents.partition_by("source", maintain_order=True)
        for start in range(0, group.height, BATCH)
    ]


def lay_down(store: CaptureStore, area: WorkArea, reader: str, documents: pl.DataFrame) -> Batch:
    """Write what is needed to read a batch; its name tells its documents, their states and places, and the code that reads them."""
    told = "\n".join(
        [reader, *(repr(row) for row in documents.select(*DOCUMENT, "state", "file", "offset").iter_rows())]
    )
    source = documents["source"][0]
    batch = Batch(source, f"{source}-{hashlib.sha256(told.encode()).hexdigest()[:16]}", documents.height)
    if not area.has(f"{batch.name}/documents"):
        captures, answers = excerpt_tables(store, documents)
        area.write(f"{batch.name}/captures", captures)
        area.write(f"{batch.name}/answers", answers)
        area.write(f"{batch.name}/documents", documents.select(*DOCUMENT, "state"))
    return batch


def listing(batches: Sequence[Batch]) -> pl.DataFrame:
    """The batches as a table, for those who read them to find."""
    rows = [(batch.source, batch.name, batch.size) for batch in batches]
    return pl.DataFrame(rows, schema=_LISTING, orient="row")


def listing_name(batches: Sequence[Batch]) -> str:
    """The name of that table, by which a run finds again what one that was killed left."""
    told = "\n".join(batch.name for batch in batches)
    return f"batches-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def left_behind(batches: Sequence[Batch], chosen: str | None) -> list[str]:
    """What nobody needs any more in the work area once these batches are published, with what was chosen of them."""
    names = [batch.name for batch in batches]
    return [*names, listing_name(batches), *([chosen] if chosen else [])] if names else []
