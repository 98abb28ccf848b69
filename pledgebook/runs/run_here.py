"""A run without Prefect: load, read and publish, one step after another, in this process or in a pool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pledgebook.releases.outcome import Outcome
from pledgebook.runs.plan import Plan, given_by, left_behind, plan
from pledgebook.runs.reader_hash import reader_hash
from pledgebook.runs.release import release
from pledgebook.runs.selection import Selection
from pledgebook.runs.steps import bring_together, choose, extract_batch, parse_batch
from pledgebook.runs.work_area import work_area
from pledgebook.sources.fetching.known import unfetched_table
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore

Each = Callable[[Callable[[str], Any], Iterable[str]], Iterable[Any]]


def run_here(
    raw: Path,
    releases: Path,
    inputs: Sequence[Path],
    now: datetime,
    *,
    selection: Selection | None = None,
    each: Each = map,
    told: Callable[[str], None] = lambda stage: None,
    **options: Any,
) -> tuple[Plan, Outcome]:
    """Load files into the archive `raw`, or take all that it holds, and publish; return what was planned and what came of it.

    now: capture time of documents that state none; each: does a step for every batch; told: called with the name of each stage that is done;
    options: of `release`. Raises WrongUse, StorageFull, ReleaseError.
    """
    wanted, store = selection or Selection(), CaptureStore(raw)
    given = given_by(load_documents(inputs, store, now, reader=reader_hash())) if inputs else None
    told("load")
    with work_area(str(releases), dry_run=False) as area:
        planned = plan(store, str(releases), area, wanted.sources, given)
        names = [batch.name for batch in planned.batches]
        told("plan")
        list(each(partial(parse_batch, area, raw), names))
        told("parse")
        chosen = choose(area, planned.batches, wanted)
        list(each(partial(extract_batch, area, chosen=chosen), names))
        told("extract")
        read = bring_together(area, planned, chosen, [*([given.skipped] if given else []), unfetched_table(raw)])
        outcome = release(raw, releases, read, **options)
        told("release")
        for name in left_behind(planned.batches, chosen) if not outcome.refused else ():
            area.remove(name)
    return planned, outcome
