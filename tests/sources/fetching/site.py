"""A web site on loopback: pages from a dictionary, conditional requests, and a record of every request and of the bytes sent."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Page:
    """What the site answers at a path."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    validated: bool = True

    @property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:16]}"'


@dataclass(frozen=True)
class Request:
    """One request as the site saw it. began, ended: seconds of a monotonic clock; sent: bytes of the body."""

    path: str
    headers: dict[str, str]
    began: float
    ended: float
    status: int
    sent: int


Answer = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """pages: by path with query; answers: functions that answer a path themselves, byte by byte if they like."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.answers: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self.address = ""
        self.came = threading.Condition()

    def url(self, path: str) -> str:
        return self.address + path

    def add(self, path: str, body: str | bytes, **about: object) -> None:
        self.pages[path] = Page(body.encode() if isinstance(body, str) else body, **about)  # type: ignore[arg-type]

    def asked(self, prefix: str = "/") -> list[str]:
        return [request.path for request in self.requests if request.path.startswith(prefix)]

    def wait_for_request(self, timeout: float) -> None:
        """Returns when one more request was answered, or the time is over."""
        with self.came:
            self.came.wait(timeout)

    @property
    def sent(self) -> int:
        return sum(request.sent for request in self.requests)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1 << 16  # head and body in one packet

        def do_GET(self) -> None:
            began = time.monotonic()
            status, sent = 0, 0
            try:
                if self.path in site.answers:
                    site.answers[self.path](self)
                else:
                    status, sent = self.answer(site.pages.get(self.path))
            except OSError:
                self.close_connection = True
            finally:
                with site.came:
                    site.requests.append(Request(self.path, dict(self.headers), began, time.monotonic(), status, sent))
                    site.came.notify_all()

        def answer(self, page: Page | None) -> tuple[int, int]:
            page = page or Page(b"<h1>Not here</h1>", status=404, validated=False)
            status, body = page.status, page.body
            if page.validated and self.headers.get("If-None-Match") == page.etag:
                status, body = 304, b""
            if asked := re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", "")):
                status, body = 206, body[int(asked[1]) : int(asked[2]) + 1]
            self.send_response(status)
            if page.validated:
                self.send_header("ETag", page.etag)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Type", page.media_type)
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return status, len(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    return Handler


@contextmanager
def serving(site: Site, host: str = "127.0.0.1") -> Iterator[Site]:
    """The site, answering until the block ends."""
    server = ThreadingHTTPServer((host, 0), _handler(site))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    site.address = f"http://{host}:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
