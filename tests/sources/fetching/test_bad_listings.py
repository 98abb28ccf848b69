"""Sitemaps and feeds that are malformed, malicious or no listing at all: what they name soundly is fetched, the rest is told."""

from __future__ import annotations

from collections.abc import Callable

from pledgebook.sources.fetching.recorder import Outcome
from pledgebook.sources.source import Source

from .hostile import Run
from .pages import publish, sitemap
from .site import Site


def test_a_sitemap_that_lists_itself(site: Site, run: Run) -> None:
    publish(site, [1])
    index = f"<sitemapindex><sitemap><loc>{site.url('/sitemap.xml')}</loc></sitemap>"
    site.add("/sitemap.xml", f"{index}<sitemap><loc>{site.url('/calls.xml')}</loc></sitemap></sitemapindex>")
    site.add("/calls.xml", sitemap([site.url("/call/1"), site.url("/call/1#top")]))
    assert run().outcomes == {Outcome.NEW: 1}
    assert site.asked() == ["/robots.txt", "/sitemap.xml", "/calls.xml", "/call/1"]


def test_a_malformed_feed_is_read_as_far_as_it_goes(site: Site, run: Run, source: Callable[..., Source]) -> None:
    publish(site, [1, 2])
    item = "<item><title>A &nbsp; call</title><link>{}</link></item>"
    broken = item.format(site.url("/call/1")) + "<item><title>Another & <b>call</title>"
    site.add("/feed", f'<?xml version="1.0"?><rss version="2.0"><channel>{broken}', media_type="text/xml")
    report = run(source(discover=[{"method": "feed", "start": [site.url("/feed")]}]))
    assert report.outcomes == {Outcome.NEW: 1}


def test_a_listing_page_that_is_another_page_is_told(site: Site, run: Run) -> None:
    site.add("/sitemap.xml", "<html><body>Please log in</body></html>")
    report = run()
    assert list(report.pages) == [site.url("/sitemap.xml")]
    assert any("pledgebook sources check norland" in line for line in report.lines())


def test_entities_are_not_expanded(site: Site, run: Run) -> None:
    definitions = '<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9))
    outside = '<!ENTITY file SYSTEM "file:///etc/passwd">'
    places = f"<url><loc>{site.url('/call/1')}</loc></url><url><loc>&file;</loc></url><url><loc>&a8;</loc></url>"
    publish(site, [1])
    site.add("/sitemap.xml", f"<!DOCTYPE urlset [{definitions}{outside}]><urlset>{places}</urlset>")
    report = run()
    assert report.outcomes == {Outcome.NEW: 1}
    assert report.listed == 1


def test_addresses_that_are_none_are_told(site: Site, run: Run) -> None:
    publish(site, [1])
    site.add("/sitemap.xml", sitemap([site.url("/call/1"), "http://nohost/a b", "mailto:a@example.org"]))
    report = run()
    assert report.outcomes == {Outcome.NEW: 1}
    assert [problem.check for problem in report.problems.values()] == ["bad_url"]
