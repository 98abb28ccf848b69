"""`pledgebook run`: make the next version of the dataset."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from pledgebook.command_line.flow_entry import flow_entry
from pledgebook.command_line.interruption import stopped_at_once
from pledgebook.command_line.options import RAW, RELEASES, Raw, Releases, Since, Until
from pledgebook.command_line.plans import tell_plans
from pledgebook.releases.places.place import open_place
from pledgebook.runs.selection import Selection, refuse_wrong_use
from pledgebook.runs.working_copy import trial_copy
from pledgebook.sources.fetching.rounds import Wanted


def run(
    input: Annotated[
        list[Path] | None, typer.Option("--input", help="File, folder or glob to load and read; may be repeated.")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="Name of a source to fetch and read; may be repeated.")
    ] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Number of statements, newest first.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be fetched or published; write nothing.")
    ] = False,
    accept: Annotated[
        str | None, typer.Option("--accept", help="Reason for which to publish although a gate is closed.")
    ] = None,
    releases: Releases = RELEASES,
    raw: Raw = RAW,
) -> None:
    """Load or fetch, extract, validate and publish; with no arguments all of data/raw.

    Example: pledgebook run --input statements/ --since 2021-06-01

    Example: pledgebook run --source white-house --since 2026-11-01
    """
    selection = Selection(tuple(source or ()))
    # Before Prefect, whose start takes a dozen seconds.
    refuse_wrong_use(selection, input or [], raw)
    open_place(releases)
    if dry_run and not input and (fetched := selection.to_fetch(only_read=False)):
        with trial_copy(raw) as archive:
            tell_plans(fetched, archive, Wanted(since and since.date(), until and until.date(), limit or 0))
        return
    build, stop_server = flow_entry("build"), flow_entry("stop_temporary_server")
    with stopped_at_once(stop_server), trial_copy(raw) if dry_run else nullcontext(raw) as archive:
        report = build(
            input=[str(path) for path in input or ()],
            source=source,
            since=since.date() if since else None,
            until=until.date() if until else None,
            limit=limit,
            dry_run=dry_run,
            accept=accept,
            releases=releases,
            raw=str(archive),
        )
    for line in report.lines():
        print(line)
    if any(crawl.came_to_nothing for crawl in report.crawls) or report.outcome.refused:
        raise typer.Exit(1)
