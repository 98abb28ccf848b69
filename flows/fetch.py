"""Fetch sources, each a task; one that fails stops no other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture

from pledgebook.progress import fetch_progress
from pledgebook.sources.errors import StorageFull
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.fetch import fetch
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.fetching.settings import fetch_settings
from pledgebook.sources.registry import source_named


@task(cache_policy=NO_CACHE, task_run_name="fetch {source}")
def fetch_source(source: str, raw: Path, wanted: Wanted) -> CrawlReport:
    """Fetch what is new at a source, and ask again for what is known, if that is wanted; see `fetch`."""
    with fetch_progress(source) as advance:
        return fetch(source_named(source), raw, wanted, fetch_settings(), advance)


def fetch_all(sources: Sequence[str], raw: Path, wanted: Wanted) -> list[CrawlReport]:
    """Fetch all sources at once; what one of them fails of stands in its report. Raises StorageFull."""
    crawls = {source: fetch_source.submit(source, raw, wanted) for source in sources}
    return [_report(source, crawl) for source, crawl in crawls.items()]


def _report(source: str, crawl: PrefectFuture[CrawlReport]) -> CrawlReport:
    result: CrawlReport | Exception = crawl.result(raise_on_failure=False)
    if isinstance(result, StorageFull):
        raise result
    return CrawlReport(source, stopped=str(result)) if isinstance(result, Exception) else result
