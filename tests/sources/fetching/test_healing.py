"""A site that fails for a while: it is asked again as often as it may be, left alone when it is down, and read by the next run."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from pledgebook.sources.fetching.errors import Unreachable
from pledgebook.sources.fetching.recorder import Outcome

from .conftest import Patience
from .hostile import Get, Run
from .pages import publish
from .site import Site


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


def test_a_connection_that_breaks(site: Site, get: Get, patience: Patience) -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    site.answers["/a"] = hang_up
    with pytest.raises(Unreachable, match="connection failed"):
        get(site.url("/a"), attempts=3)
    assert site.asked("/a") == ["/a"] * 3


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


def test_after_an_outage_the_next_run_reads_the_listing_and_what_had_failed(site: Site, run: Run) -> None:
    publish(site, range(6))
    run()
    for path in ("/sitemap.xml", *(f"/call/{number}" for number in range(6))):
        site.answers[path] = failing(99, 500, "")
    assert run(attempts=1).came_to_nothing
    site.answers.clear()
    publish(site, range(8))
    assert run(attempts=1).outcomes == {Outcome.UNCHANGED: 6, Outcome.NEW: 2}
