"""Reads the listing pages of a round, one after another, and notes the documents and the further pages that they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pledgebook.sources.discovery import findings
from pledgebook.sources.discovery.findings import Findings, Found, UnreadableListing
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.crawl_state import CrawlState
from pledgebook.sources.fetching.document_queue import key_of
from pledgebook.sources.fetching.errors import FetchError
from pledgebook.sources.fetching.page_queue import FAILED
from pledgebook.sources.fetching.rounds import Round
from pledgebook.sources.source import Source
from pledgebook.sources.ways import AddressesDiscovery, FilesDiscovery, FolderDiscovery

# Gets the content of a listing page; None where the page is beyond the last.
ReadPage = Callable[[str], bytes | None]
# Keeps a document that a listing page holds itself.
Hold = Callable[[Found], None]

_MAPS_WHOLE_SITES = ("sitemap", "addresses", "cdx")


class Discoverer:
    """Discovery for one round of a source."""

    def __init__(
        self, source: Source, state: CrawlState, round: Round, read_page: ReadPage, hold: Hold, report: CrawlReport
    ) -> None:
        self._source = source
        self._state = state
        self._round = round
        self._read_page = read_page
        self._hold = hold
        self._report = report
        self._named = 0

    def run(self) -> None:
        """Reads listing pages until none waits, or as many documents are named as are wanted."""
        for place, discovery in enumerate(self._source.discover):
            if isinstance(discovery, AddressesDiscovery):
                self._note(Findings([Found(address) for address in discovery.addresses if discovery.wants(address)]))
            if not isinstance(discovery, FilesDiscovery | FolderDiscovery):
                self._state.pages.add(self._source.name, place, discovery.start)
        while not self._enough() and (page := self._state.pages.next(self._source.name)):
            self._read(*page)

    def _enough(self) -> bool:
        limit = self._round.wanted.limit
        return bool(limit) and self._named >= limit

    def _read(self, place: int, url: str) -> None:
        discovery = self._source.discover[place]
        try:
            content = self._read_page(url)
            found = Findings() if content is None else findings(discovery, url, content)
        except (FetchError, UnreadableListing) as problem:
            self._state.pages.mark(self._source.name, place, url, FAILED)
            self._report.page_failed(url, problem, is_start=url in discovery.start)
            return
        follow = discovery.method in _MAPS_WHOLE_SITES or not self._beyond(found)
        self._state.page_done(self._source.name, (place, url), self._noted(found), found.pages if follow else [])

    def _note(self, found: Findings) -> None:
        self._state.add_documents(self._source.name, self._noted(found))

    def _noted(self, found: Findings) -> list[tuple[Found, bool]]:
        """The documents that have an address, each with whether it is to be visited; one that its listing holds is kept at once, if wanted."""
        noted = []
        for document in self._addressed(found.documents):
            is_held = document.content is not None and self._is_wanted(document)
            if is_held:
                self._hold(document)
            noted.append((document, not is_held))
        self._named += sum(map(self._is_wanted, found.documents))
        self._report.listed += len(noted)
        return noted

    def _addressed(self, documents: Iterable[Found]) -> Iterator[Found]:
        for document in documents:
            try:
                key_of(document)
            except ValueError as error:
                self._report.failed(document.url, "bad_url", str(error))
                continue
            yield document

    def _is_wanted(self, document: Found) -> bool:
        return self._round.wanted.holds(document.day)

    def _beyond(self, found: Findings) -> bool:
        """Whether a page, of a list that begins with the newest, names only documents older than wanted."""
        since = self._round.wanted.since
        days = [document.day for document in found.documents]
        return since is not None and bool(days) and all(day is not None and day < since for day in days)
