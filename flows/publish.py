"""From the raw archive to a release: what `build` and `update` have in common once everything is loaded or fetched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.artifacts import Done
from flows.read import read
from pledgebook.evaluation.quality import measured_quality
from pledgebook.releases.outcome import Outcome
from pledgebook.runs.plan import Given, left_behind, plan
from pledgebook.runs.release import release
from pledgebook.runs.report import RunReport
from pledgebook.runs.selection import Selection
from pledgebook.runs.steps import Read, bring_together
from pledgebook.runs.work_area import work_area
from pledgebook.runs.working_copy import shared
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.fetch import unfinished_backfills
from pledgebook.sources.fetching.known import unfetched_table
from pledgebook.sources.store import CaptureStore


@task(cache_policy=NO_CACHE)
def publish(raw: Path, releases: str, read: Read, dry_run: bool, accept: str | None) -> Outcome:
    """The next version of the book; see `release`."""
    return release(raw, releases, read, quality=measured_quality(), dry_run=dry_run, accept=accept)


def read_and_publish(
    raw: Path,
    releases: str,
    selection: Selection,
    done: Done,
    given: Given | None = None,
    crawls: Sequence[CrawlReport] = (),
    dry_run: bool = False,
    accept: str | None = None,
) -> RunReport:
    """Read what changed, of what was given or else of the whole archive, and publish what follows; report it. `done` is told of each stage."""
    done("fetching")
    if given is None and (backfills := unfinished_backfills(raw)):
        selection = replace(selection, held_back=backfills)
    skipped = [*([given.skipped] if given else []), *(load.skipped for crawl in crawls for load in crawl.loads)]
    aside = [*skipped, unfetched_table(raw)]
    with work_area(releases, dry_run=dry_run) as area:
        planned = plan(CaptureStore(raw), releases, area, selection.sources, given)
        where = str(raw.absolute()) if dry_run else shared(raw)
        chosen = read(area, where, releases, planned, selection, alone=dry_run) if planned.batches else None
        done("reading")
        together = bring_together(area, planned, chosen, aside)
        done("bringing together")
        outcome = publish(raw, releases, together, dry_run, accept)
        done("publishing")
        # What was refused is kept: the run that accepts it has nothing to read again.
        for name in left_behind(planned.batches, chosen) if not outcome.refused else ():
            area.remove(name)
    return RunReport(
        outcome,
        planned.given + (given.skipped.height if given else 0),
        planned.unchanged,
        outcome.figures["documents_read"],
        together.quarantine,
        crawls,
        selection.held_back,
    )
