"""A site that does everything wrong: each wrong ends in the documented way, and the rest of the site is fetched all the same."""

from __future__ import annotations

import gzip
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import brotli
import pytest
import trustme

from pledgebook.sources import parse_capture
from pledgebook.sources.fetching.client import Client
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.errors import FetchError, Refused, Unreachable
from pledgebook.sources.fetching.recorder import Outcome
from pledgebook.sources.fetching.settings import FetchSettings
from pledgebook.sources.fetching.turns import Turns
from pledgebook.sources.fetching.visitor import Visitor
from pledgebook.sources.source import Source
from pledgebook.sources.store import CaptureStore

from .pages import page, publish, sitemap, statement
from .site import Site
from .test_network import Wire

Run = Callable[..., CrawlReport]
Get = Callable[..., bytes]


class Patience:
    """Sleeps without sleeping, and notes for how long it was asked to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def patience() -> Patience:
    return Patience()


@pytest.fixture
def get(settings: FetchSettings, tmp_path: Path, patience: Patience) -> Iterator[Get]:
    """The body at an address of the test site, fetched as the crawler fetches."""
    clients = []

    def visit(url: str, **changes: object) -> bytes:
        changed = settings.model_copy(update=changes)
        clients.append(Client(changed))
        turns = Turns(tmp_path / "turns", lambda: patience.now, patience.sleep)
        return Visitor(clients[-1], turns, changed, sleep=patience.sleep).get(url).answer.body

    yield visit
    for client in clients:
        client.close()


def crawl_one(site: Site, run: Run, **changes: object) -> tuple[CrawlReport, dict[str, str]]:
    """Crawls `/call/odd` between two sound pages, and returns the report and why what was not fetched was not."""
    publish(site, [1, 2])
    urls = [site.url(path) for path in ("/call/1", "/call/odd", "/call/2")]
    site.add("/sitemap.xml", sitemap(urls))
    report = run(**changes)
    return report, {url.removeprefix(site.address): problem.check for url, problem in report.problems.items()}


def test_what_robots_forbid_is_not_fetched(site: Site, run: Run) -> None:
    site.add("/robots.txt", "User-agent: *\nDisallow: /call/odd\n", media_type="text/plain")
    report, problems = crawl_one(site, run)
    assert problems == {"/call/odd": "robots"}
    assert "/call/odd" not in site.asked()
    assert report.outcomes == {Outcome.NEW: 2}


def test_rules_for_us_count_more_than_those_for_all(site: Site, get: Get) -> None:
    site.add(
        "/robots.txt", "User-agent: *\nDisallow:\n\nUser-agent: Pledgebook\nDisallow: /\n", media_type="text/plain"
    )
    with pytest.raises(Refused, match=r"robots\.txt"):
        get(site.url("/call/1"))
    assert site.asked() == ["/robots.txt"]


def test_a_site_that_cannot_tell_its_rules_is_left_alone(site: Site, get: Get) -> None:
    site.add("/robots.txt", "", status=503, validated=False)
    with pytest.raises(Unreachable):
        get(site.url("/call/1"))
    assert set(site.asked()) == {"/robots.txt"}


def test_the_pause_that_robots_ask_for_is_kept(site: Site, get: Get, patience: Patience) -> None:
    site.add("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", media_type="text/plain")
    publish(site, [1])
    get(site.url("/call/1"), delay=2)
    assert patience.slept == [0, 7]  # robots.txt, then the page
    get(site.url("/call/1"), delay=2)
    assert patience.slept[2:] == [7, 7]


def test_every_request_says_who_asks(site: Site, run: Run) -> None:
    publish(site, [1])
    run()
    agents = {request.headers["User-Agent"] for request in site.requests}
    assert len(agents) == 1
    assert agents.pop().endswith("(tests@example.org)")


@pytest.mark.parametrize("loop", [["/call/odd"], ["/a", "/call/odd"], [f"/{n}" for n in range(30)]])
def test_redirects_in_a_loop_or_without_end(site: Site, run: Run, loop: list[str]) -> None:
    for here, there in zip(["/call/odd", *loop], loop, strict=False):
        site.add(here, "", status=302, headers={"Location": there}, validated=False)
    report, problems = crawl_one(site, run)
    assert problems == {"/call/odd": "redirects"}
    assert len(site.requests) < 20
    assert report.outcomes == {Outcome.NEW: 2}


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.7/",
        "http://[::1]/",
        "http://localhost:9/",
        "http://intranet/",
    ],
)
def test_a_redirect_to_a_private_address_opens_no_connection(
    settings: FetchSettings, tmp_path: Path, target: str
) -> None:
    wire = Wire(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode())
    addresses = {"news.example": "93.184.216.34", "localhost": "127.0.0.1", "intranet": "192.168.7.7"}

    def resolve(host: str, port: int) -> list[str]:
        return [addresses.get(host, host)]

    public = FetchSettings(contact="tests@example.org", delay=0)
    visitor = Visitor(Client(public, resolve, wire), Turns(tmp_path), public, sleep=lambda seconds: None)
    visitor._robots.check = lambda url: None  # type: ignore[method-assign]  # the wire has one answer for all
    with pytest.raises(Refused, match="not public"):
        visitor.get("http://news.example/call")
    assert wire.opened == ["93.184.216.34"]


def test_a_redirect_to_another_scheme_is_refused(site: Site, get: Get) -> None:
    site.add("/a", "", status=302, headers={"Location": "file:///etc/passwd"}, validated=False)
    with pytest.raises(Refused):
        get(site.url("/a"))


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    while True:
        handler.wfile.write(b"<p>more</p>" * 1000)


def test_a_body_without_end(site: Site, run: Run) -> None:
    site.answers["/call/odd"] = endless
    report, problems = crawl_one(site, run, largest_page=200_000)
    assert problems == {"/call/odd": "too_large"}
    assert report.outcomes == {Outcome.NEW: 2}


@pytest.mark.parametrize(("coding", "compress"), [("gzip", gzip.compress), ("br", brotli.compress)])
def test_a_body_that_expands_a_thousandfold(
    site: Site, run: Run, coding: str, compress: Callable[[bytes], bytes]
) -> None:
    bomb = compress(bytes(30_000_000))
    assert len(bomb) < 100_000
    site.add("/call/odd", bomb, headers={"Content-Encoding": coding})
    _, problems = crawl_one(site, run, largest_page=1_000_000)
    assert problems == {"/call/odd": "too_large"}


def test_a_body_that_is_cut_off(site: Site, run: Run) -> None:
    site.add("/call/odd", gzip.compress(statement(3).encode())[:-20], headers={"Content-Encoding": "gzip"})
    _, problems = crawl_one(site, run)
    assert problems == {"/call/odd": "broken_coding"}


def test_a_body_that_comes_drop_by_drop(site: Site, run: Run) -> None:
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not over.wait(0.05):
            handler.wfile.write(b"<p>")
            handler.wfile.flush()

    site.answers["/call/odd"] = drip
    _, problems = crawl_one(site, run, document_timeout=0.5, attempts=1)
    over.set()
    assert problems == {"/call/odd": "too_slow"}


def test_headers_that_come_drop_by_drop(site: Site, run: Run) -> None:
    over = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not over.wait(0.05):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    site.answers["/call/odd"] = drip
    _, problems = crawl_one(site, run, document_timeout=0.5, attempts=1)
    over.set()
    assert problems == {"/call/odd": "too_slow"}


def test_a_connection_that_breaks(site: Site, get: Get, patience: Patience) -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    site.answers["/a"] = hang_up
    with pytest.raises(Unreachable, match="connection failed"):
        get(site.url("/a"), attempts=3)
    assert site.asked("/a") == ["/a"] * 3


def failing(times: int, status: int, then: str, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answers with a status so many times, then with a page."""
    left = iter(range(times))

    def answer(handler: BaseHTTPRequestHandler) -> None:
        is_over = next(left, None) is None
        body = then.encode() if is_over else b""
        handler.send_response(200 if is_over else status)
        for name, value in ({} if is_over else headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_an_error_that_heals(site: Site, get: Get, status: int) -> None:
    site.answers["/a"] = failing(2, status, "<p>here it is</p>")
    assert get(site.url("/a"), attempts=3) == b"<p>here it is</p>"
    assert len(site.asked("/a")) == 3


def test_an_error_that_does_not_heal(site: Site, get: Get) -> None:
    site.answers["/a"] = failing(9, 503, "")
    with pytest.raises(Unreachable, match="503"):
        get(site.url("/a"), attempts=3)
    assert len(site.asked("/a")) == 3


def test_the_patience_that_a_site_asks_for_is_given(site: Site, get: Get, patience: Patience) -> None:
    site.answers["/a"] = failing(1, 429, "<p>here it is</p>", Retry_After="120")
    assert get(site.url("/a"), attempts=2) == b"<p>here it is</p>"
    assert sum(patience.slept) == pytest.approx(120)


def test_more_patience_than_a_run_has_leaves_the_site_for_the_next(site: Site, get: Get, patience: Patience) -> None:
    site.answers["/a"] = failing(9, 429, "", Retry_After="86400")
    with pytest.raises(Unreachable, match="86400 seconds"):
        get(site.url("/a"), longest_wait=600)
    assert len(site.asked("/a")) == 1
    assert max(patience.slept) == 0


def test_a_site_that_is_down_is_left_after_a_few_documents(site: Site, run: Run) -> None:
    publish(site, range(50))
    for number in range(50):
        site.answers[f"/call/{number}"] = failing(99, 500, "")
    report = run(attempts=1)
    assert report.stopped is not None
    assert len(site.asked("/call")) == 5
    site.answers.clear()
    assert run(attempts=1).outcomes == {Outcome.NEW: 50}


def test_broken_tls(settings: FetchSettings, tmp_path: Path) -> None:
    """A certificate that nobody we trust has signed."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    with pytest.raises(FetchError) as raised:
        Client(settings).get(f"https://127.0.0.1:{server.server_port}/", {})
    server.shutdown()
    server.server_close()
    assert raised.value.check == "broken_tls"


def test_a_page_whose_charset_is_a_lie(site: Site, run: Run, tmp_path: Path) -> None:
    text = page("Besuch", "Präsident Müller wird nächstes Jahr in Åbo fünf Brücken eröffnen.")
    site.add("/call/odd", text.encode("utf-8"), media_type="text/html; charset=iso-8859-1")
    crawl_one(site, run)
    store = CaptureStore(tmp_path / "raw")
    (capture,) = [capture for capture in store.newest() if (capture.url or "").endswith("odd")]
    assert "Präsident Müller" in store.read(capture).decode("utf-8")
    assert "fünf Brücken" in parse_capture(replace(capture, source="folder"), store.read(capture)).text


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


def test_after_an_outage_the_next_run_reads_the_listing_and_what_had_failed(site: Site, run: Run) -> None:
    publish(site, range(6))
    run()
    for path in ("/sitemap.xml", *(f"/call/{number}" for number in range(6))):
        site.answers[path] = failing(99, 500, "")
    assert run(attempts=1).came_to_nothing
    site.answers.clear()
    publish(site, range(8))
    assert run(attempts=1).outcomes == {Outcome.UNCHANGED: 6, Outcome.NEW: 2}
