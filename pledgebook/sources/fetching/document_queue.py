"""The documents that discovery knows: those that were visited in the present round, and those that wait.

A document that was ever discovered stays known, so that the next round visits it again although no listing names it any more.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from pledgebook.sources.addresses import canonical_url
from pledgebook.sources.discovery.findings import Found, Range
from pledgebook.sources.fetching.page_queue import DONE, FAILED, WAITING
from pledgebook.sources.fetching.rounds import Round

CREATE_DOCUMENTS = """
    CREATE TABLE IF NOT EXISTS documents (
        position INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, fetch TEXT, start INTEGER,
        length INTEGER, title TEXT, day TEXT, captured_at TEXT, changes INTEGER NOT NULL, state TEXT NOT NULL, round INTEGER,
        reason TEXT, UNIQUE (source, key)
    );
    CREATE INDEX IF NOT EXISTS by_state ON documents (source, state, day DESC, position);
"""
_WAITING = f"""
    FROM documents WHERE source = ? AND state = '{WAITING}' AND (day IS NULL OR (day >= ? AND day <= ?))
"""
# What is known already keeps its state, unless a listing now holds the document itself; what a listing says anew of it counts.
_ADD = f"""
    INSERT INTO documents (source, key, url, fetch, start, length, title, day, captured_at, changes, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, key) DO UPDATE SET
    title = coalesce(excluded.title, title), day = coalesce(excluded.day, day), changes = max(changes, excluded.changes),
    state = iif(excluded.state = '{DONE}', '{DONE}', state)
"""


@dataclass(frozen=True)
class Waiting:
    """A document to visit; position: its place in the queue."""

    position: int
    found: Found


@dataclass(frozen=True)
class Known:
    """A document that discovery knows. day: of publication, where a listing told it; reason: why it could not be fetched, or None."""

    source: str
    url: str
    day: date | None
    reason: str | None


class DocumentQueue:
    """The documents of all sources."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def wait_again(self, source: str) -> None:
        """Lets every document wait that may change; archived copies and what listings hold themselves do not."""
        query = f"UPDATE documents SET state = '{WAITING}', reason = NULL WHERE source = ? AND changes"
        self._connection.execute(query, (source,))

    def try_again(self, source: str) -> None:
        """Lets the documents wait that could not be fetched."""
        query = "UPDATE documents SET state = ?, round = NULL, reason = NULL WHERE source = ? AND state = ?"
        self._connection.execute(query, (WAITING, source, FAILED))

    def add(self, source: str, found: Found, visit: bool) -> None:
        """A document that a listing names; `visit`: whether it is to be visited."""
        part, captured_at = found.part, found.captured_at
        place = (found.url, found.fetch, part and part.start, part and part.length)
        told = (found.title, found.day and found.day.isoformat(), captured_at and captured_at.isoformat())
        state = (captured_at is None and visit, WAITING if visit else DONE)
        self._connection.execute(_ADD, (source, key_of(found), *place, *told, *state))

    def next(self, round: Round) -> Waiting | None:
        """The next document to visit, the newest first; None when all that is wanted is done."""
        if round.wanted.limit and self.visited(round) >= round.wanted.limit:
            return None
        columns = "position, url, fetch, start, length, title, day, captured_at"
        query = f"SELECT {columns} {_WAITING} ORDER BY day DESC, position LIMIT 1"
        row = self._connection.execute(query, _values(round)).fetchone()
        return _waiting(*row) if row else None

    def number_waiting(self, round: Round) -> int:
        """How many documents are still to be visited."""
        (number,) = self._connection.execute(f"SELECT count(*) {_WAITING}", _values(round)).fetchone()
        left = round.wanted.limit - self.visited(round) if round.wanted.limit else number
        return max(0, int(min(number, left)))

    def visited(self, round: Round) -> int:
        """How many documents the round has visited."""
        query = "SELECT count(*) FROM documents WHERE source = ? AND round = ?"
        return int(self._connection.execute(query, (round.source, round.number)).fetchone()[0])

    def mark(self, round: Round, position: int, reason: str | None) -> None:
        """Marks a document as visited, or, with a reason, as one that could not be fetched."""
        self._connection.execute(
            "UPDATE documents SET state = ?, round = ?, reason = ? WHERE position = ?",
            (FAILED if reason else DONE, round.number, reason, position),
        )

    def waiting(self, round: Round) -> list[Found]:
        """All documents that are still to be visited, the newest first."""
        columns = "position, url, fetch, start, length, title, day, captured_at"
        query = f"SELECT {columns} {_WAITING} ORDER BY day DESC, position LIMIT ?"
        rows = self._connection.execute(query, (*_values(round), round.wanted.limit or -1))
        return [_waiting(*row).found for row in rows]

    def known(self) -> list[Known]:
        """All documents ever discovered, sorted by source and address."""
        rows = self._connection.execute("SELECT source, url, day, reason FROM documents ORDER BY source, url, key")
        return [Known(source, url, _day(day), reason) for source, url, day, reason in rows]


def key_of(found: Found) -> str:
    """What tells a document of a source from others: its canonical address; for an archive's copy the place of the copy.

    Raises ValueError when the address is none.
    """
    address = canonical_url(found.url)
    if found.captured_at is None:
        return address
    return f"{found.fetch or found.url} {found.part.start if found.part else ''} {found.captured_at.isoformat()}"


def _values(round: Round) -> tuple[str, str, str]:
    since, until = round.wanted.since or date.min, round.wanted.until or date.max
    return round.source, since.isoformat(), until.isoformat()


def _waiting(
    position: int,
    url: str,
    fetch: str | None,
    start: int | None,
    length: int | None,
    title: str | None,
    day: str | None,
    captured_at: str | None,
) -> Waiting:
    part = Range(start, length) if start is not None and length is not None else None
    moment = datetime.fromisoformat(captured_at) if captured_at else None
    return Waiting(position, Found(url, fetch, part, title, _day(day), captured_at=moment))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
