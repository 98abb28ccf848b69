"""The flow `update`, which runs by a schedule: fetch every source, publish when something changed, tell whoever has to know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prefect import flow
from pydantic import Field

from flows.artifacts import show
from flows.fetch import fetch_all
from flows.publish import read_and_publish
from pledgebook.notifications import failed, happened, notify
from pledgebook.runs.errors import RunFailed
from pledgebook.runs.places import releases_place
from pledgebook.runs.selection import Selection, refuse_wrong_use
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
    and removals; max_staleness: days for which a source may fail before the run counts as failed; releases: a folder or an s3:// address;
    without it the one that PLEDGEBOOK_RELEASES names where the worker runs, else data/processed.
    Whatever fails, all else is published first. Raises WrongUse, StorageFull, ReleaseError, and RunFailed when a gate is closed or a
    source has been failing for too long.
    """
    names = source or fetched_sources()
    refuse_wrong_use(Selection(tuple(names)), [], Path(raw))
    place = releases_place(releases)
    crawls = fetch_all(names, Path(raw), Wanted(again=again))
    report = read_and_publish(Path(raw), place, Selection(), crawls=crawls)
    show(report, place)
    notify(happened(report.outcome))
    now = datetime.now(UTC)
    stale = [one for one in stale_sources(Path(raw)) if now - one.since > timedelta(days=max_staleness)]
    problems = [*report.outcome.refused, *(f"{one.source} has failed since {one.since:%Y-%m-%d}" for one in stale)]
    if problems:
        raise RunFailed(f"{report.outcome.message} {'; '.join(problems)}.")
