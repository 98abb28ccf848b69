"""Visits to single documents: the page, an archive's copy of it, or a record in a WARC file that lies elsewhere."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from pledgebook.sources.answers import COPY, DOCUMENT, GONE, NOT_MODIFIED, OK
from pledgebook.sources.captures import Capture, sha256_of
from pledgebook.sources.discovery.findings import Found, Range
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.errors import Refused
from pledgebook.sources.fetching.ranges import document_in_part, range_header
from pledgebook.sources.fetching.recorder import Recorder
from pledgebook.sources.fetching.tools import Tools
from pledgebook.sources.fetching.visitor import Visit
from pledgebook.sources.fields import HTML


class DocumentVisits:
    """The visits of one round to the documents of a source."""

    def __init__(self, source: str, recorder: Recorder, tools: Tools, report: CrawlReport) -> None:
        self._source = source
        self._recorder = recorder
        self._tools = tools
        self._report = report

    def visit(self, found: Found) -> None:
        """Visits a document, unless a killed run of this round did so already; raises FetchError."""
        if found.part:
            self._fetch_part(found, found.part)
            return
        kind = COPY if found.captured_at else DOCUMENT
        before = self._recorder.visited((found.fetch or found.url) if kind == COPY else found.url)
        status = before.status if before else self._fetch(found, kind)
        if status in GONE:
            self._report.gone += 1
        elif status not in (OK, NOT_MODIFIED):
            raise Refused(f"http_{status}", f"the site answered {status}")

    def _fetch(self, found: Found, kind: str) -> int:
        """Visits a document and keeps what came; returns the status of the answer."""
        visit = self._tools.visitor.get(found.fetch or found.url, self._recorder.conditions)
        self._report.received(visit)
        capture = Capture(
            source=self._source,
            url=found.url,
            name=name_of(found.url),
            media_type=_media_type(visit),
            captured_at=found.captured_at or visit.answer.moment,
            sha256="",
            title=found.title,
            day=found.day,
            fetched=True,
        )
        self._report.outcomes[self._recorder.document(visit, capture, kind)] += 1
        return visit.answer.status

    def _fetch_part(self, found: Found, part: Range) -> None:
        """Reads an archive's copy of a document from its WARC file, and keeps it as it was there."""
        visit = self._tools.visitor.get(found.fetch or found.url, lambda _: range_header(part))
        self._report.received(visit)
        document = document_in_part(visit.answer, self._tools.settings.largest_page)
        capture = Capture(
            source=self._source,
            url=found.url,
            name=name_of(found.url),
            media_type=document.media_type,
            captured_at=found.captured_at or visit.answer.moment,
            sha256=sha256_of(document.content),
            title=found.title,
            day=found.day,
            fetched=True,
        )
        self._report.outcomes[self._recorder.held(capture, document.content)] += 1


def name_of(url: str) -> str:
    """The last part of an address's path, or its host."""
    parts = urlsplit(url)
    return unquote(PurePosixPath(parts.path).name) or parts.netloc


def _media_type(visit: Visit) -> str:
    stated = (visit.answer.header("Content-Type") or HTML).partition(";")[0].strip().lower()
    return HTML if stated == "application/xhtml+xml" else stated
