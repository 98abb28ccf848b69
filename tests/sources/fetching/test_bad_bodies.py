"""Answers without end, cut off, too slow or in another charset than they say: each ends in the documented way, the other pages are fetched."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import brotli
import pytest

from pledgebook.sources import parse_capture
from pledgebook.sources.fetching.recorder import Outcome
from pledgebook.sources.store import CaptureStore

from .hostile import Run, crawl_one
from .pages import page, statement
from .site import Site


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


def test_a_page_whose_charset_is_a_lie(site: Site, run: Run, tmp_path: Path) -> None:
    text = page("Besuch", "Präsident Müller wird nächstes Jahr in Åbo fünf Brücken eröffnen.")
    site.add("/call/odd", text.encode("utf-8"), media_type="text/html; charset=iso-8859-1")
    crawl_one(site, run)
    store = CaptureStore(tmp_path / "raw")
    (capture,) = [capture for capture in store.newest() if (capture.url or "").endswith("odd")]
    assert "Präsident Müller" in store.read(capture).decode("utf-8")
    assert "fünf Brücken" in parse_capture(replace(capture, source="folder"), store.read(capture)).text
