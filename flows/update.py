"""The flow `update`, which runs by a schedule: fetch every source, publish when something changed, tell whoever has to know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import flow
from pydantic import Field

from flows.artifacts import show, show_progress
from flows.fetch import fetch_all
from flows.publish import read_and_publish
from flows.task_runner import task_runner
from pledgebook.notifications import failed, happened, notify
from pledgebook.runs.default_releases import releases_place
from pledgebook.runs.errors import RunFailed
from pledgebook.runs.selection import Selection, refuse_wrong_use
from pledgebook.runs.working_copy import working_copy
from pledgebook.sources.fetching.fetch import stale_sources
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.registry import fetched_sources


def tell_of_failure(flow: Any, flow_run: Any, state: Any) -> None:
    """Send the notification of a run that failed or crashed."""
    notify([failed(flow_run.name, state.message or state.name)])


@flow(name="update", on_failure=[tell_of_failure], on_crashed=[tell_of_failure])
def update(
    source: list[str] | None = None,
    again: bool = False,
    max_staleness: int = Field(default=3, ge=0),
    releases: str | None = None,
    raw: str = "data/raw",
) -> None:
    """Fetch what is new, read what changed, and publish a version when the book differs.

    source: names of the sources to fetch; without it all that have a way of discovery; again: ask for known documents again too, for edits
    and removals; max_staleness: days for which a source may fail before the run counts as failed; releases, raw: folders or s3:// addresses;
    without `releases` the one that PLEDGEBOOK_RELEASES names where the worker runs, else data/processed.
    Whatever fails, all else is published first. Raises WrongUse, StorageFull, ReleaseError, and RunFailed when a gate is closed or a
    source has been failing for too long.
    """
    names = source or fetched_sources()
    task_runner()  # a cluster that cannot work is refused before anything is fetched
    refuse_wrong_use(Selection(tuple(names)), [], raw)
    place, done = releases_place(releases), show_progress()
    with working_copy(raw) as archive:
        crawls = fetch_all(names, archive, Wanted(again=again))
        report = read_and_publish(archive, place, Selection(), done, crawls=crawls)
        failing = stale_sources(archive)
    show(report, place)
    notify(happened(report.outcome))
    now = datetime.now(UTC)
    stale = [one for one in failing if now - one.since > timedelta(days=max_staleness)]
    problems = [*report.outcome.refused, *(f"{one.source} has failed since {one.since:%Y-%m-%d}" for one in stale)]
    if problems:
        raise RunFailed(f"{report.outcome.message} {'; '.join(problems)}.")
