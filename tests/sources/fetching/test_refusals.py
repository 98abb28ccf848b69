"""What is not fetched, or not at once: what robots.txt forbids, redirects that lead astray, hosts that nobody vouches for."""

from __future__ import annotations

import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import trustme

from pledgebook.sources.fetching.client import Client
from pledgebook.sources.fetching.errors import FetchError, Refused, Unreachable
from pledgebook.sources.fetching.recorder import Outcome
from pledgebook.sources.fetching.settings import FetchSettings
from pledgebook.sources.fetching.turns import Turns
from pledgebook.sources.fetching.visitor import Visitor

from .conftest import Patience
from .hostile import Get, Run, crawl_one
from .pages import publish
from .site import Site
from .test_network import Wire


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
