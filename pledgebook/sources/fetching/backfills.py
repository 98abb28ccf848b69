"""Backfills: a source's statements of past months, fetched month by month, published once all are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

CREATE_BACKFILLS = """
    CREATE TABLE IF NOT EXISTS backfills (
        source TEXT, since TEXT, until TEXT, fetched TEXT, PRIMARY KEY (source, since, until)
    );
"""


@dataclass(frozen=True)
class Backfill:
    """The statements of a source between two days, both included."""

    source: str
    since: date
    until: date

    def months(self) -> Iterator[tuple[date, date]]:
        """The first and the last day of each month, or of the part of it that is wanted, the earliest first."""
        first = self.since
        while first <= self.until:
            after = first.replace(day=1) + relativedelta(months=1)
            yield first, min(after - timedelta(days=1), self.until)
            first = after


class BackfillTable:
    """The backfills that have begun and are not complete."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def begin(self, backfill: Backfill) -> date | None:
        """Notes that a backfill is under way; returns the last day that an earlier run has fetched, None when it is new."""
        self._connection.execute("INSERT OR IGNORE INTO backfills VALUES (?, ?, ?, NULL)", _key(backfill))
        query = "SELECT fetched FROM backfills WHERE source = ? AND since = ? AND until = ?"
        (fetched,) = self._connection.execute(query, _key(backfill)).fetchone()
        return date.fromisoformat(fetched) if fetched else None

    def fetched(self, backfill: Backfill, day: date) -> None:
        """Notes that all is fetched up to a day."""
        query = "UPDATE backfills SET fetched = ? WHERE source = ? AND since = ? AND until = ?"
        self._connection.execute(query, (day.isoformat(), *_key(backfill)))

    def complete(self, backfill: Backfill) -> None:
        """Notes that all is fetched: it may be published."""
        self._connection.execute("DELETE FROM backfills WHERE source = ? AND since = ? AND until = ?", _key(backfill))

    def unfinished(self) -> list[Backfill]:
        """The backfills that are not complete, by source and day."""
        rows = self._connection.execute("SELECT source, since, until FROM backfills ORDER BY source, since, until")
        return [Backfill(source, date.fromisoformat(since), date.fromisoformat(until)) for source, since, until in rows]


def _key(backfill: Backfill) -> tuple[str, str, str]:
    return backfill.source, backfill.since.isoformat(), backfill.until.isoformat()
