"""The flow `build`: load or fetch, parse, extract, validate, publish.

It has the options of `pledgebook run`. Loading is one task, a source to fetch is one task, a batch of documents is one task; tables pass
between them in memory.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE

from pledgebook.evaluation.quality import measured_quality
from pledgebook.extraction import extract
from pledgebook.progress import advancing, fetch_progress, progress
from pledgebook.readouts import Parsed, parse_readouts
from pledgebook.releases import Outcome, make_release
from pledgebook.run_report import RunReport
from pledgebook.selection import Selection, batches, brought_together, chosen_captures, found_together, refuse_wrong_use
from pledgebook.sources.captures import Capture, captures_table
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


@task(cache_policy=NO_CACHE, task_run_name="parse {source}")
def parse(source: str, captures: list[Capture], raw: Path) -> Parsed:
    """Readouts of one batch of a source's captures, with what happened to them; see `parse_readouts`."""
    return parse_readouts(captures, CaptureStore(raw))


@task(cache_policy=NO_CACHE)
def extract_batch(readouts: pl.DataFrame) -> pl.DataFrame:
    """Commitments of one batch of readouts."""
    return extract(readouts)


@task(cache_policy=NO_CACHE)
def publish(
    releases: str,
    parsed: Parsed,
    found: pl.DataFrame,
    captures: list[Capture],
    known: pl.DataFrame,
    dry_run: bool,
    accept: str | None,
) -> Outcome:
    """The next version of the book; see `make_release`."""
    return make_release(
        releases,
        parsed.readouts,
        found,
        parsed.quarantine,
        captures_table(captures),
        events=parsed.events,
        known=known,
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
    fetch nothing, say what would be published, write no release (what is loaded is stored in `raw`); accept: the reason for which to publish
    although a gate is closed; releases: a folder or an s3:// address.
    Raises WrongUse, StorageFull or ReleaseError with a message that says what to do.
    """
    selection = Selection(tuple(source or ()), since, until, limit or 0)
    refuse_wrong_use(selection, input or [], Path(raw))
    loaded = load(input, Path(raw), datetime.now(UTC)) if input else None
    wanted = Wanted(since, until, limit or 0)
    crawls = [fetch_source.submit(name, Path(raw), wanted) for name in selection.to_fetch(bool(input) or dry_run)]
    reports = [crawl.result() for crawl in crawls]
    chosen = chosen_captures(CaptureStore(raw), selection.sources, loaded.captures if loaded else None)
    with progress("Reading", sum(map(len, chosen.values()))) as advance:
        parts = [
            parse(name, batch, Path(raw))
            for name, captures in chosen.items()
            for batch in advancing(batches(captures), advance)
        ]
    loads = [*([loaded] if loaded else []), *(load for report in reports for load in report.loads)]
    parsed = brought_together(parts, [*(load.skipped for load in loads), unfetched_table(Path(raw))])
    parsed = parsed._replace(readouts=selection.readouts(parsed.readouts))
    with progress("Extracting", parsed.readouts.height) as advance:
        found = [extract_batch(batch) for batch in advancing(batches(parsed.readouts), advance)]
    captures = [capture for group in chosen.values() for capture in group]
    outcome = publish(releases, parsed, found_together(found), captures, known_table(Path(raw)), dry_run, accept)
    given = len(loaded.captures) + loaded.skipped.height if loaded else len(captures)
    report = RunReport(outcome, given, parsed.readouts.height, parsed.quarantine, reports)
    create_markdown_artifact(report.markdown(), key="build", description="What the run read, found and published")
    return report
