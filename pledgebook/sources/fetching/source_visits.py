"""When each source was last tried, and when it was last read to its end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

CREATE_VISITS = """
    CREATE TABLE IF NOT EXISTS visits (source TEXT PRIMARY KEY, begun TEXT NOT NULL, tried TEXT NOT NULL, reached TEXT);
"""


@dataclass(frozen=True)
class StaleSource:
    """A source whose last crawl failed. since: when it was last read to its end or, if it never was, first tried; UTC."""

    source: str
    since: datetime


class SourceVisits:
    """The visits to all sources."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def tried(self, source: str, now: datetime) -> None:
        """Notes that a crawl of the source begins."""
        query = "INSERT INTO visits VALUES (?, ?, ?, NULL) ON CONFLICT (source) DO UPDATE SET tried = excluded.tried"
        self._connection.execute(query, (source, now.isoformat(), now.isoformat()))

    def reached(self, source: str) -> None:
        """Notes that the crawl that was begun last came to its end."""
        self._connection.execute("UPDATE visits SET reached = tried WHERE source = ?", (source,))

    def stale(self) -> Iterator[StaleSource]:
        """The sources whose last crawl did not come to its end, by name."""
        query = "SELECT source, coalesce(reached, begun) FROM visits WHERE reached IS NULL OR reached < tried ORDER BY source"
        for source, since in self._connection.execute(query).fetchall():
            yield StaleSource(source, datetime.fromisoformat(since))
