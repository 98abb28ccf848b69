"""What discovery finds on one page: documents, and further pages to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


class UnreadableListing(Exception):
    """A page that should list documents does not: broken XML or JSON, or another kind of page. The message says what is wrong."""


@dataclass(frozen=True)
class Range:
    """A part of a file: the first byte and the number of bytes."""

    start: int
    length: int


@dataclass(frozen=True)
class Found:
    """A document that a page names.

    url: its address; fetch: the address to request, where that is another; part: of the file there, for a record of a WARC file;
    title, day: of publication, where the page states them; content, media_type: the document itself, where the page holds it
    already; captured_at: UTC, where the copy was made by an archive at another time.
    """

    url: str
    fetch: str | None = None
    part: Range | None = None
    title: str | None = None
    day: date | None = None
    content: bytes | None = None
    media_type: str | None = None
    captured_at: datetime | None = None


@dataclass(frozen=True)
class Findings:
    """What one page names: documents, in its order, and addresses of pages that list more."""

    documents: list[Found] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
