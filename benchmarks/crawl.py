"""Speed and memory of the crawler by the size of a site: each size is crawled twice, by a process of its own, from a server on loopback.

    python benchmarks/crawl.py --pages 1000 10000

Prints, for each size: pages a second and peak memory of the first and of the second crawl, and the bytes of bodies that the second sent.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pledgebook.sources.fetching.fetch import fetch
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.fetching.settings import FetchSettings
from pledgebook.sources.source import Source

PAGE = (
    "<!doctype html><html><body><main><h1>Call {0}</h1>"
    + "<p>Norland will send {0} ships.</p>" * 60
    + "</main></body></html>"
)
MAP = 10_000


class Site(BaseHTTPRequestHandler):
    """Pages that are made when they are asked for, so that the server's own size stays the same."""

    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    pages = 0

    def do_GET(self) -> None:
        """Answers robots.txt with 404, a sitemap or a page, or 304 to who has it."""
        body, tag = self.body().encode(), f'"{self.path}"'
        status = 304 if self.headers.get("If-None-Match") == tag else 200 if body else 404
        body = b"" if status == 304 else body
        self.send_response(status)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self) -> str:
        """The page at the path; empty when there is none."""
        kind, _, number = self.path.strip("/").partition("/")
        address = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        if kind == "map":
            first = int(number) * MAP
            places = range(first, min(first + MAP, self.pages))
            return f"<urlset>{''.join(f'<url><loc>{address}/call/{place}</loc></url>' for place in places)}</urlset>"
        if kind == "maps":
            numbers = range((self.pages + MAP - 1) // MAP)
            return f"<sitemapindex>{''.join(f'<sitemap><loc>{address}/map/{n}</loc></sitemap>' for n in numbers)}</sitemapindex>"
        return PAGE.format(number) if kind == "call" else ""

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing."""


def crawl(address: str, raw: str) -> None:
    """Crawls the site and prints seconds, peak memory in bytes, bytes of bodies, and what the visits came to."""
    way = {"method": "sitemap", "start": [f"{address}/maps"]}
    source = Source.model_validate({"name": "norland", "title": "Norland", "discover": [way]})
    settings = FetchSettings(contact="benchmark@example.org", delay=0, allowed_hosts=frozenset({"127.0.0.1"}))
    began = time.monotonic()
    report = fetch(source, Path(raw), Wanted(), settings)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps([time.monotonic() - began, peak, report.bytes, report.outcomes]))


def measure(pages: int) -> None:
    """Crawls a site of so many pages twice and prints a line for each."""
    Site.pages = pages
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as raw:
        for name in ("first", "second"):
            command = [sys.executable, __file__, "--crawl", f"http://127.0.0.1:{server.server_port}", raw]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            seconds, peak, received, outcomes = json.loads(told)
            print(
                f"{pages:>8,} pages, {name:>6} crawl: {pages / seconds:6.0f} pages/s, {peak / 2**20:5.0f} MiB, "
                f"{received:>12,} bytes of bodies, {outcomes}",
                flush=True,
            )
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--crawl", nargs=2, metavar=("ADDRESS", "RAW"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.crawl:
        crawl(*arguments.crawl)
    else:
        for size in arguments.pages:
            measure(size)
