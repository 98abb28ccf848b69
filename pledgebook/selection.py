"""Which documents a run reads: those given, or those of the raw archive, by source, by date, up to a number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl

from pledgebook.extraction.tables import found_schema
from pledgebook.readouts import Parsed, empty_readouts
from pledgebook.sources.captures import Capture
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.fetching.settings import fetch_settings
from pledgebook.sources.input_files import input_files
from pledgebook.sources.registry import source_named
from pledgebook.sources.store import CaptureStore
from schemas import polars_schema

Documents = TypeVar("Documents", pl.DataFrame, list[Capture])


@dataclass(frozen=True)
class Selection:
    """What a run was asked to read; None and 0 ask for no limit.

    sources: names of sources; since, until: first and last day of the statements (both included); limit: number of statements, newest first.
    """

    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    limit: int = 0

    def to_fetch(self, only_read: bool) -> list[str]:
        """The named sources that are to be fetched: those with a way of discovery, unless the run is to read only what is there."""
        return [name for name in self.sources if source_named(name).discover and not only_read]

    def readouts(self, readouts: pl.DataFrame) -> pl.DataFrame:
        """The readouts that fall in the selection; of equal dates the smaller readout_id comes first."""
        chosen = readouts
        if self.since:
            chosen = chosen.filter(pl.col("date") >= self.since)
        if self.until:
            chosen = chosen.filter(pl.col("date") <= self.until)
        if self.limit:
            chosen = chosen.sort(["date", "readout_id"], descending=[True, False]).head(self.limit)
        return chosen


def chosen_captures(
    store: CaptureStore, sources: Collection[str], loaded: Sequence[Capture] | None
) -> dict[str, list[Capture]]:
    """The newest capture of each document to read, by source: of what was just loaded, or else of the whole archive.

    Raises WrongUse when there is no archive to read.
    """
    if loaded is None:
        refuse_missing_archive(store.raw)
    addresses = None if loaded is None else {capture.address for capture in loaded}
    chosen: dict[str, list[Capture]] = {}
    for capture in store.newest(sources or None):
        if addresses is None or capture.address in addresses:
            chosen.setdefault(capture.source, []).append(capture)
    return chosen


def refuse_wrong_use(selection: Selection, paths: Sequence[str | Path], raw: Path) -> None:
    """Raises WrongUse for what a run cannot do, before it begins: unknown sources, missing files, no archive, nobody who fetches."""
    for name in selection.sources:
        source_named(name)
    if paths:
        input_files(paths)
    elif selection.to_fetch(only_read=False):
        fetch_settings()
    else:
        refuse_missing_archive(raw)


def refuse_missing_archive(raw: Path) -> None:
    """Raises WrongUse when there is no raw archive."""
    if not raw.exists():
        raise WrongUse(f"there is no folder {raw}; name the raw archive with --raw, or load documents with --input")


def batches(documents: Documents, size: int = 500) -> list[Documents]:
    """The documents, a table or a list, in parts of at most `size`, in order."""
    return [documents[start : start + size] for start in range(0, len(documents), size)]


def brought_together(parsed: Sequence[Parsed], aside: Sequence[pl.DataFrame]) -> Parsed:
    """Readouts, quarantine rows and events of all sources as one table each; `aside` are quarantine rows of earlier stages.

    A sample gives way to the real document of its address that is read in the same run.
    """
    readouts = pl.concat([empty_readouts(), *(part.readouts for part in parsed)])
    official = readouts.filter(pl.col("text_origin") == "official")["readout_id"]
    readouts = readouts.filter((pl.col("text_origin") == "official") | ~pl.col("readout_id").is_in(official.to_list()))
    quarantine = [pl.DataFrame(schema=polars_schema("quarantine")), *(part.quarantine for part in parsed), *aside]
    events = [pl.DataFrame(schema=polars_schema("captures")), *(part.events for part in parsed)]
    return Parsed(readouts, pl.concat(quarantine), pl.concat(events))


def found_together(found: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """The commitments of all batches as one table."""
    return pl.concat(found) if found else pl.DataFrame(schema=found_schema())
