"""The flow `backfill`: a source's past statements, month by month; they are published once all of them are there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from prefect import flow
from prefect.artifacts import create_progress_artifact, update_progress_artifact

from flows.artifacts import show, show_progress
from flows.fetch import fetch_all
from flows.publish import read_and_publish
from flows.task_runner import task_runner
from flows.update import tell_of_failure
from pledgebook.notifications import happened, notify
from pledgebook.runs.default_releases import releases_place
from pledgebook.runs.errors import RunFailed
from pledgebook.runs.selection import Selection, refuse_wrong_use
from pledgebook.runs.working_copy import working_copy
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.fetching.backfills import Backfill
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.fetch import backfill_table
from pledgebook.sources.fetching.rounds import Wanted


@flow(name="backfill", on_failure=[tell_of_failure], on_crashed=[tell_of_failure])
def backfill(source: str, since: date, until: date, releases: str | None = None, raw: str = "data/raw") -> None:
    """Fetch what a source published from one day to another, both included, and publish it; for `releases` see `update`.

    A run that stops on the way is gone on with by the next one of the same source and days; until one comes to the end, no run publishes
    any of these statements. Raises WrongUse, StorageFull, ReleaseError, and RunFailed when a month could not be fetched.
    """
    task_runner()  # a cluster that cannot work is refused before anything is fetched
    refuse_wrong_use(Selection((source,)), [], raw)
    if since > until:
        raise WrongUse(f"the backfill is to begin on {since} and to end on {until}, which is earlier; give since first")
    place, done = releases_place(releases), show_progress()
    with working_copy(raw) as archive:
        crawls = fetch_months(Backfill(source, since, until), archive)
        report = read_and_publish(archive, place, Selection(), done, crawls=crawls)
    show(report, place)
    notify(happened(report.outcome))
    if report.outcome.refused:
        raise RunFailed(report.outcome.message)


def fetch_months(wanted: Backfill, raw: Path) -> list[CrawlReport]:
    """Fetch the months that no earlier run has fetched; raises RunFailed at the first that fails."""
    months, crawls = list(wanted.months()), []
    raw.mkdir(parents=True, exist_ok=True)
    progress = create_progress_artifact(0.0, key="backfill", description=f"Months of {wanted.source} that are fetched")
    with backfill_table(raw) as table:
        done = table.begin(wanted)
        for number, (first, last) in enumerate(months, start=1):
            if done is None or last > done:
                (crawl,) = fetch_all([wanted.source], raw, Wanted(first, last, again=False))
                if crawl.is_stale or crawl.problems:
                    raise RunFailed(
                        f"{'; '.join(crawl.lines())}. Nothing of the backfill is published; run it again to go on."
                    )
                crawls.append(crawl)
                table.fetched(wanted, last)
            update_progress_artifact(progress, 100.0 * number / len(months))  # type: ignore[arg-type]
        table.complete(wanted)
    return crawls
