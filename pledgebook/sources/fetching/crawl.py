"""One crawl of a source: discover, visit, keep. Whatever stops it, the next run goes on from there."""

from __future__ import annotations

from pledgebook.sources.answers import GONE
from pledgebook.sources.captures import Capture, sha256_of
from pledgebook.sources.discovery.findings import Found
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.discoverer import Discoverer
from pledgebook.sources.fetching.document_queue import Waiting
from pledgebook.sources.fetching.document_visits import DocumentVisits, name_of
from pledgebook.sources.fetching.errors import FetchError, Refused, Unreachable
from pledgebook.sources.fetching.file_sources import load_files
from pledgebook.sources.fetching.recorder import Recorder
from pledgebook.sources.fetching.rounds import Round, Wanted
from pledgebook.sources.fetching.tools import Tools
from pledgebook.sources.source import Source
from pledgebook.sources.ways import FilesDiscovery, FolderDiscovery

# A site that fails so often in a row is down; its other documents wait for the next run.
_FAILURES_IN_A_ROW = 5


def crawl(source: Source, wanted: Wanted, tools: Tools) -> CrawlReport:
    """Crawls a source, or goes on with a crawl that was stopped, and says what came of it."""
    report = CrawlReport(source.name)
    tools.state.visits.tried(source.name, tools.now())
    round = tools.state.begin(source.name, wanted, tools.now())
    largest, user_agent = tools.settings.largest_page, tools.settings.user_agent
    recorder = Recorder(tools.store, source.name, round.name, tools.now(), largest, user_agent)
    try:
        _Crawl(source, round, recorder, tools, report).run()
    finally:
        recorder.close()
    if not report.is_stale:
        tools.state.visits.reached(source.name)
    return report


class _Crawl:
    def __init__(self, source: Source, round: Round, recorder: Recorder, tools: Tools, report: CrawlReport) -> None:
        self._source = source
        self._round = round
        self._recorder = recorder
        self._tools = tools
        self._report = report
        self._visits = DocumentVisits(source.name, recorder, tools, report)
        self._failures = 0

    def run(self) -> None:
        self._load_files()
        state = self._tools.state
        Discoverer(self._source, state, self._round, self._read_page, self._hold, self._report).run()
        waiting = state.documents.number_waiting(self._round)
        while document := state.documents.next(self._round):
            self._attend(document)
            waiting -= 1
            self._tools.progress(waiting, self._report.bytes)
            if self._failures >= _FAILURES_IN_A_ROW:
                self._report.stopped = f"{self._failures} documents in a row could not be fetched; the next run goes on"
                return
        state.finish(self._round)

    def _load_files(self) -> None:
        for discovery in self._source.discover:
            if isinstance(discovery, FilesDiscovery | FolderDiscovery):
                load_files(discovery, self._source.name, self._tools, self._report)

    def _read_page(self, url: str) -> bytes | None:
        answer = self._recorder.visited(url)
        if answer is None:
            visit = self._tools.visitor.get(url, self._recorder.conditions)
            self._report.received(visit)
            answer = self._recorder.listing(visit)
        if answer.status in GONE and not self._is_start(url):
            return None
        if answer.sha256 is None:
            raise Refused(f"http_{answer.status}", f"the site answered {answer.status}")
        return self._recorder.read(answer)

    def _is_start(self, url: str) -> bool:
        return any(url in getattr(discovery, "start", ()) for discovery in self._source.discover)

    def _hold(self, found: Found) -> None:
        content = found.content or b""
        capture = Capture(
            source=self._source.name,
            url=found.url,
            name=f"{name_of(found.url)}.feed",
            media_type=found.media_type or "",
            captured_at=self._tools.now(),
            sha256=sha256_of(content),
            title=found.title,
            day=found.day,
        )
        self._report.outcomes[self._recorder.held(capture, content)] += 1

    def _attend(self, document: Waiting) -> None:
        """Visits one document, unless a killed run of this round did so already, and notes what came of it."""
        found, reason = document.found, None
        try:
            self._visits.visit(found)
            self._failures = 0
        except FetchError as problem:
            reason = f"{problem.check}: {problem.reason}"
            self._report.failed(found.url, problem.check, problem.reason)
            self._failures = self._failures + 1 if isinstance(problem, Unreachable) else 0
        self._tools.state.documents.mark(self._round, document.position, reason)
