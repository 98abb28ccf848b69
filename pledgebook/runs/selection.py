"""What a run is asked to read: by source, by date, up to a number; and what it cannot do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from pledgebook.runs.remote_archive import exists_remotely
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.fetching.backfills import Backfill
from pledgebook.sources.fetching.settings import fetch_settings
from pledgebook.sources.input_files import input_files
from pledgebook.sources.record_files import is_remote
from pledgebook.sources.registry import source_named


@dataclass(frozen=True)
class Selection:
    """What a run was asked to read; None and 0 ask for no limit.

    sources: names of sources; since, until: first and last day of the statements (both included); limit: number of statements, newest first;
    held_back: backfills that are not complete, of whose statements only those are wanted that are `published` already.
    """

    sources: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    limit: int = 0
    held_back: tuple[Backfill, ...] = ()
    published: frozenset[str] = frozenset()

    def to_fetch(self, only_read: bool) -> list[str]:
        """The named sources that are to be fetched: those with a way of discovery, unless the run is to read only what is there."""
        return [name for name in self.sources if source_named(name).discover and not only_read]

    @property
    def narrows(self) -> bool:
        """Whether only some of the readouts that are parsed are wanted."""
        return bool(self.since or self.until or self.limit or self.held_back)

    def readouts(self, readouts: pl.DataFrame) -> pl.DataFrame:
        """The readouts that fall in the selection; of equal dates the smaller readout_id comes first."""
        chosen = readouts
        for backfill in self.held_back:
            its_own = (pl.col("source") == backfill.source) & pl.col("date").is_between(backfill.since, backfill.until)
            chosen = chosen.filter(~its_own | pl.col("readout_id").is_in(list(self.published)))
        if self.since:
            chosen = chosen.filter(pl.col("date") >= self.since)
        if self.until:
            chosen = chosen.filter(pl.col("date") <= self.until)
        if self.limit:
            chosen = chosen.sort(["date", "readout_id"], descending=[True, False]).head(self.limit)
        return chosen


def refuse_wrong_use(selection: Selection, paths: Sequence[str | Path], raw: str) -> None:
    """Raises WrongUse for what a run cannot do, before it begins: unknown sources, missing files, no archive, nobody who fetches."""
    for name in selection.sources:
        source_named(name)
    if paths:
        input_files(paths)
    elif selection.to_fetch(only_read=False):
        fetch_settings()
    else:
        refuse_missing_archive(raw)


def refuse_missing_archive(raw: str) -> None:
    """Raises WrongUse when there is no raw archive, ArchiveFailed when its object store does not say."""
    if is_remote(raw):
        if not exists_remotely(raw):
            raise WrongUse(
                f"there is nothing at {raw}; name the raw archive with --raw, or load documents with --input"
            )
    elif not Path(raw).exists():
        raise WrongUse(f"there is no folder {raw}; name the raw archive with --raw, or load documents with --input")
