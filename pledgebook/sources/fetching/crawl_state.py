"""How far the crawl of each source is, in a small SQLite file, so that a run goes on where another was stopped."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pledgebook.sources.captures import sha256_of
from pledgebook.sources.discovery.findings import Found
from pledgebook.sources.fetching.backfills import CREATE_BACKFILLS, BackfillTable
from pledgebook.sources.fetching.document_queue import CREATE_DOCUMENTS, DocumentQueue, key_of
from pledgebook.sources.fetching.page_queue import CREATE_PAGES, DONE, PageQueue
from pledgebook.sources.fetching.rounds import Round, Wanted
from pledgebook.sources.fetching.source_visits import CREATE_VISITS, SourceVisits

_CREATE = f"""
    CREATE TABLE IF NOT EXISTS rounds (
        source TEXT PRIMARY KEY, number INTEGER NOT NULL, name TEXT NOT NULL, wanted TEXT NOT NULL, finished INTEGER NOT NULL
    );
    CREATE TABLE IF NOT EXISTS validators (source TEXT, url TEXT, headers TEXT NOT NULL, PRIMARY KEY (source, url));
    {CREATE_PAGES}
    {CREATE_DOCUMENTS}
    {CREATE_VISITS}
    {CREATE_BACKFILLS}
"""


class CrawlState:
    """The state of all crawls of a raw archive."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        # What a power cut takes from the last seconds, the archive still knows.
        self._connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_CREATE}")
        self.pages = PageQueue(self._connection)
        self.documents = DocumentQueue(self._connection)
        self.visits = SourceVisits(self._connection)
        self.backfills = BackfillTable(self._connection)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def copied_to(self, path: Path) -> CrawlState:
        """A copy of the state in another file, for a crawl that must leave no trace."""
        copy = sqlite3.connect(path)
        self._connection.backup(copy)
        copy.close()
        return CrawlState(path)

    def begin(self, source: str, wanted: Wanted, now: datetime) -> Round:
        """The round of a source that was left unfinished, if it wanted the same, or a new one, in which every document waits again, if
        that is wanted.

        What failed in the unfinished round waits again too.
        """
        query = "SELECT number, name, wanted, finished FROM rounds WHERE source = ?"
        row = self._connection.execute(query, (source,)).fetchone()
        if row and row[2] == repr(wanted) and not row[3]:
            with self._transaction():
                self.pages.try_again(source)
                self.documents.try_again(source)
            return Round(source, row[0], row[1], wanted, resumed=True)
        number = row[0] + 1 if row else 1
        round = Round(source, number, f"{source}-{now.astimezone(UTC):%Y%m%dT%H%M%S}-{number}", wanted, resumed=False)
        with self._transaction():
            cells = (source, number, round.name, repr(wanted))
            self._connection.execute("INSERT OR REPLACE INTO rounds VALUES (?, ?, ?, ?, 0)", cells)
            self.pages.clear(source)
            if wanted.again:
                self.documents.wait_again(source)
            else:
                self.documents.try_again(source)
        return round

    def finish(self, round: Round) -> None:
        """Ends a round; the next crawl of the source begins a new one."""
        self._connection.execute("UPDATE rounds SET finished = 1 WHERE source = ?", (round.source,))

    def add_documents(self, source: str, found: Iterable[tuple[Found, bool]]) -> None:
        """Adds documents, each with whether it is to be visited, in one step."""
        with self._transaction():
            for document, visit in found:
                self.documents.add(source, document, visit)

    def page_done(
        self, source: str, page: tuple[int, str], found: Sequence[tuple[Found, bool]], pages: Iterable[str]
    ) -> None:
        """Marks a listing page (its way of discovery, its address) as read and adds what it named, in one step.

        A page that names just what another one of the round did leads nowhere: some sites answer every number with their last page.
        """
        discovery, url = page
        names = sha256_of("\n".join(key_of(document) for document, _ in found).encode())
        with self._transaction():
            for document, visit in found:
                self.documents.add(source, document, visit)
            if not (found and self.pages.has(source, discovery, names)):
                self.pages.add(source, discovery, pages)
            self.pages.mark(source, discovery, url, DONE, names)

    def validators(self, source: str, url: str) -> Mapping[str, str]:
        """The headers that make a request for a file conditional."""
        query = "SELECT headers FROM validators WHERE source = ? AND url = ?"
        row = self._connection.execute(query, (source, url)).fetchone()
        return dict(json.loads(row[0])) if row else {}

    def keep_validators(self, source: str, url: str, headers: Mapping[str, str]) -> None:
        """Keeps these headers for the next request for a file."""
        cells = (source, url, json.dumps(headers))
        self._connection.execute("INSERT OR REPLACE INTO validators VALUES (?, ?, ?)", cells)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
