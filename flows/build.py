"""The flow `build`: load or fetch, parse, extract, validate, publish.

It has the options of `pledgebook run`. Loading is one task, a source to fetch is one task, a batch of documents is one task of the flow
`read`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from flows.read import read
from pledgebook.evaluation.quality import measured_quality
from pledgebook.progress import fetch_progress, progress
from pledgebook.releases import Outcome, make_release
from pledgebook.run_report import RunReport
from pledgebook.runs.plan import plan
from pledgebook.runs.selection import Selection, refuse_wrong_use
from pledgebook.runs.steps import Read, bring_together
from pledgebook.runs.work_area import work_area
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.fetch import fetch
from pledgebook.sources.fetching.known import known_table, unfetched_table
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.fetching.settings import fetch_settings
from pledgebook.sources.input_files import input_files
from pledgebook.sources.loading import Loaded, load_documents
from pledgebook.sources.registry import source_named
from pledgebook.sources.store import CaptureStore


@task(cache_policy=NO_CACHE)
def load(paths: list[str], raw: Path, now: datetime) -> Loaded:
    """Store what the given files hold as captures; see `load_documents`."""
    with progress("Loading", len(input_files(paths))) as advance:
        return load_documents(paths, CaptureStore(raw), now, advance)


@task(cache_policy=NO_CACHE, task_run_name="fetch {source}")
def fetch_source(source: str, raw: Path, wanted: Wanted) -> CrawlReport:
    """Fetch what is new at a source, and ask again for what is known; see `fetch`."""
    with fetch_progress(source) as advance:
        return fetch(source_named(source), raw, wanted, fetch_settings(), advance)


@task(cache_policy=NO_CACHE)
def publish(releases: str, read: Read, known: pl.DataFrame, dry_run: bool, accept: str | None) -> Outcome:
    """The next version of the book; see `make_release`."""
    return make_release(
        releases,
        read.readouts,
        read.found,
        read.quarantine,
        read.captures,
        events=read.events,
        known=known,
        reading=read.reading,
        quality=measured_quality(),
        dry_run=dry_run,
        accept=accept,
    )


@flow(name="build")
def build(
    input: list[str] | None = None,
    source: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    dry_run: bool = False,
    accept: str | None = None,
    releases: str = "data/processed",
    raw: str = "data/raw",
) -> RunReport:
    """Make the next version of the dataset; with no parameters from all of `raw`.

    input: files, folders and globs to load first and then read, alone; source: names of sources, fetched first where they have a way of
    discovery, unless documents are loaded; since, until: days of the statements; limit: number of statements, newest first; dry_run:
    fetch nothing, say what would be published, write no release; accept: the reason for which to publish although a gate is closed;
    releases: a folder or an s3:// address.
    Raises WrongUse, StorageFull or ReleaseError with a message that says what to do.
    """
    selection = Selection(tuple(source or ()), since, until, limit or 0)
    refuse_wrong_use(selection, input or [], Path(raw))
    loaded = load(input, Path(raw), datetime.now(UTC)) if input else None
    wanted = Wanted(since, until, limit or 0)
    crawls = [fetch_source.submit(name, Path(raw), wanted) for name in selection.to_fetch(bool(input) or dry_run)]
    reports = [crawl.result() for crawl in crawls]
    loads = [*([loaded] if loaded else []), *(load for report in reports for load in report.loads)]
    aside = [*(load.skipped for load in loads), unfetched_table(Path(raw))]
    with work_area(releases, dry_run=dry_run) as area:
        planned = plan(CaptureStore(raw), releases, area, selection.sources, loaded.captures if loaded else None)
        chosen = read(str(area.folder), Path(raw), planned.batches, selection) if planned.batches else None
        together = bring_together(area, planned, chosen, aside)
        outcome = publish(releases, together, known_table(Path(raw)), dry_run, accept)
        # What was refused is kept: the run that accepts it has nothing to read again.
        for batch in planned.batches if not outcome.refused else ():
            area.remove(batch.name)
    given = planned.given + (loaded.skipped.height if loaded else 0)
    report = RunReport(outcome, given, planned.unchanged, together.readouts.height, together.quarantine, reports)
    create_markdown_artifact(report.markdown(), key="build", description="What the run read, found and published")
    return report
