"""A run without Prefect: the steps of the flow `build`, one after another, in this process or in a pool."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pledgebook.releases.outcome import Outcome
from pledgebook.runs.plan import Plan, given_by, plan
from pledgebook.runs.reader_hash import reader_hash
from pledgebook.runs.release import release
from pledgebook.runs.selection import Selection
from pledgebook.runs.steps import bring_together, choose, extract_batch, parse_batch
from pledgebook.runs.work_area import work_area
from pledgebook.sources.fetching.known import unfetched_table
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def run(
    folder: Path,
    *inputs: Path,
    now: datetime = NOW,
    selection: Selection = Selection(),  # noqa: B008  # it never changes
    each: Callable[[Callable[[str], Any], Iterable[str]], Iterable[Any]] = map,
    **options: Any,
) -> tuple[Plan, Outcome]:
    """Load files into `folder`/raw and publish to `folder`/processed; return what was planned and what came of it."""
    raw, releases = folder / "raw", folder / "processed"
    store = CaptureStore(raw)
    given = given_by(load_documents(inputs, store, now, reader=reader_hash())) if inputs else None
    with work_area(str(releases), dry_run=False) as area:
        planned = plan(store, str(releases), area, selection.sources, given)
        names = [batch.name for batch in planned.batches]
        list(each(partial(parse_batch, area, raw), names))
        chosen = choose(area, planned.batches, selection)
        list(each(partial(extract_batch, area, chosen=chosen), names))
        read = bring_together(area, planned, chosen, [*([given.skipped] if given else []), unfetched_table(raw)])
    outcome = release(raw, releases, read, accept="a book for tests is small", **options)
    return planned, outcome
