"""WARC, WACZ and tarballs, made by other people's programs, and what loading them gave."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pledgebook.sources import Loaded

Load = Callable[..., Loaded]
Write = Callable[..., Path]
SITE = "https://www.whitehouse.gov/briefing-room/"
WARC_DATE = "2024-02-03T04:05:06Z"


def page(number: int) -> bytes:
    return f"<!DOCTYPE html><html><body><p>Norland will lend Estavia {number} ships.</p></body></html>".encode()


PAGE = page(1)


class Archive:
    """A WARC file under construction."""

    def __init__(self, gzipped: bool = True) -> None:
        self.file = BytesIO()
        self.writer = WARCWriter(self.file, gzip=gzipped)

    def add(
        self,
        url: str,
        body: bytes = PAGE,
        *headers: tuple[str, str],
        status: str = "200 OK",
        media_type: str = "text/html; charset=utf-8",
        kind: str = "response",
        told: dict[str, str] | None = None,
    ) -> Archive:
        head = StatusAndHeaders(status, [("Content-Type", media_type), *headers], protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            url, kind, BytesIO(body), http_headers=head, warc_headers_dict={"WARC-Date": WARC_DATE, **(told or {})}
        )
        self.writer.write_record(record)
        return self

    @property
    def content(self) -> bytes:
        return self.file.getvalue()


def pages(number: int, gzipped: bool = True) -> bytes:
    archive = Archive(gzipped)
    for each in range(number):
        archive.add(f"{SITE}{each}/", page(each))
    return archive.content


def tarball(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return file.getvalue()


def wacz(members: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def names(loaded: Loaded) -> list[str]:
    return sorted(capture.name for capture in loaded.captures)


def told(loaded: Loaded) -> dict[str, str]:
    """Check by the place that the reason begins with, an address beside it left out."""
    rows = loaded.skipped.select("reason", "check").iter_rows()
    return {reason.split(": ")[0].split(" (")[0]: check for reason, check in rows}
