"""A site on which one page of three is odd: what becomes of that page and of the two others."""

from __future__ import annotations

from collections.abc import Callable

from pledgebook.sources.fetching.crawl_report import CrawlReport

from .pages import publish, sitemap
from .site import Site

Run = Callable[..., CrawlReport]
Get = Callable[..., bytes]


def crawl_one(site: Site, run: Run, **changes: object) -> tuple[CrawlReport, dict[str, str]]:
    """Crawls `/call/odd` between two sound pages, and returns the report and why what was not fetched was not."""
    publish(site, [1, 2])
    urls = [site.url(path) for path in ("/call/1", "/call/odd", "/call/2")]
    site.add("/sitemap.xml", sitemap(urls))
    report = run(**changes)
    return report, {url.removeprefix(site.address): problem.check for url, problem in report.problems.items()}
