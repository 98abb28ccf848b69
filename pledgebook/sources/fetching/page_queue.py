"""The listing pages of a round: those that were read, and those that wait."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

WAITING, DONE, FAILED = "waiting", "done", "failed"
CREATE_PAGES = """
    CREATE TABLE IF NOT EXISTS pages (
        source TEXT, discovery INTEGER, url TEXT, state TEXT NOT NULL, names TEXT, PRIMARY KEY (source, discovery, url)
    );
"""


class PageQueue:
    """The listing pages of all sources. `discovery` is the place of the way of discovery in the TOML of its source."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def clear(self, source: str) -> None:
        """Forgets the pages of the last round."""
        self._connection.execute("DELETE FROM pages WHERE source = ?", (source,))

    def try_again(self, source: str) -> None:
        """Lets the pages wait that could not be read."""
        self._connection.execute("UPDATE pages SET state = ? WHERE source = ? AND state = ?", (WAITING, source, FAILED))

    def add(self, source: str, discovery: int, urls: Iterable[str]) -> None:
        """Pages to read; one that the round has already is passed over, so that pages which name each other come to an end."""
        rows = [(source, discovery, url, WAITING) for url in urls]
        self._connection.executemany("INSERT OR IGNORE INTO pages VALUES (?, ?, ?, ?, NULL)", rows)

    def next(self, source: str) -> tuple[int, str] | None:
        """The next page to read: its way of discovery, its address."""
        query = "SELECT discovery, url FROM pages WHERE source = ? AND state = ? ORDER BY rowid LIMIT 1"
        row = self._connection.execute(query, (source, WAITING)).fetchone()
        return (int(row[0]), str(row[1])) if row else None

    def mark(self, source: str, discovery: int, url: str, state: str, names: str | None = None) -> None:
        """Marks a page as done or failed; `names`: what it named, as one word."""
        condition = "source = ? AND discovery = ? AND url = ?"
        cells = (state, names, source, discovery, url)
        self._connection.execute(f"UPDATE pages SET state = ?, names = ? WHERE {condition}", cells)

    def has(self, source: str, discovery: int, names: str) -> bool:
        """Whether a page of the round named just these documents already."""
        query = "SELECT 1 FROM pages WHERE source = ? AND discovery = ? AND names = ?"
        return self._connection.execute(query, (source, discovery, names)).fetchone() is not None
