"""A web server on loopback for the files of a folder, which honours Range and keeps account of what it sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class Request:
    """One request and the bytes of the body that it was sent; range: the header as it came."""

    method: str
    name: str
    range: str | None
    sent: int


@dataclass
class Account:
    """Where the server listens, and the requests that it answered."""

    address: str = ""
    requests: list[Request] = field(default_factory=list)

    @property
    def sent(self) -> int:
        return sum(request.sent for request in self.requests)


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD as a static host does: whole files, or the one range that was asked for."""

    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, account: Account, *connection: object) -> None:
        self.folder, self.account = folder, account
        super().__init__(*connection)  # type: ignore[arg-type]

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def answer(self, with_body: bool) -> None:
        path = self.folder / self.path.lstrip("/")
        if not path.is_file():
            self.say(HTTPStatus.NOT_FOUND, 0)
            return
        size, asked = path.stat().st_size, self.headers["Range"]
        part = asked_for(asked, size) if asked else range(size)
        if not part:
            self.say(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, 0, f"bytes */{size}")
            return
        # Noted before it is sent, for the client may look as soon as it has the last byte.
        self.account.requests.append(Request(self.command, path.name, asked, len(part) if with_body else 0))
        place = f"bytes {part.start}-{part.stop - 1}/{size}"
        self.say(HTTPStatus.PARTIAL_CONTENT if asked else HTTPStatus.OK, len(part), place if asked else None)
        if with_body:
            with path.open("rb") as file:
                file.seek(part.start)
                self.wfile.write(file.read(len(part)))

    def say(self, status: HTTPStatus, length: int, place: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(length))
        if place:
            self.send_header("Content-Range", place)
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the account has it all."""


def asked_for(header: str, size: int) -> range:
    """The bytes that a Range header asks for; none when it makes no sense."""
    found = RANGE.fullmatch(header)
    if not found or not any(found.groups()):
        return range(0)
    first, last = found.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    return range(int(first), min(int(last) + 1 if last else size, size))


@contextmanager
def serving(folder: Path) -> Iterator[Account]:
    """Serves a folder for as long as the block runs."""
    account = Account()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, folder, account))
    account.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield account
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
