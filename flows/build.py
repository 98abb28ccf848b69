"""The flow `build`: load or fetch, parse, extract, validate, publish. It has the options of `pledgebook run`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import show, show_progress
from flows.fetch import fetch_all
from flows.publish import read_and_publish
from flows.task_runner import task_runner
from pledgebook.progress import progress
from pledgebook.runs.plan import Given, given_by
from pledgebook.runs.reader_hash import reader_hash
from pledgebook.runs.report import RunReport
from pledgebook.runs.selection import Selection, refuse_wrong_use
from pledgebook.runs.working_copy import working_copy
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.input_files import input_files
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore


@task(cache_policy=NO_CACHE)
def load(paths: list[str], raw: Path, now: datetime) -> Given:
    """Store what the given files hold as captures; see `load_documents`."""
    with progress("Loading", len(input_files(paths))) as advance:
        return given_by(load_documents(paths, CaptureStore(raw), now, advance, reader=reader_hash()))


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
    although a gate is closed; releases, raw: folders or s3:// addresses.
    Raises WrongUse, StorageFull or ReleaseError with a message that says what to do.
    """
    selection = Selection(tuple(source or ()), since, until, limit or 0)
    if not dry_run:
        task_runner()  # a cluster that cannot work is refused before anything is fetched
    refuse_wrong_use(selection, input or [], raw)
    done = show_progress()
    with working_copy(raw) as archive:
        given = load(input, archive, datetime.now(UTC)) if input else None
        wanted = Wanted(since, until, limit or 0)
        crawls = fetch_all(selection.to_fetch(bool(input) or dry_run), archive, wanted)
        report = read_and_publish(archive, releases, selection, done, given, crawls, dry_run, accept)
    show(report, releases)
    return report
