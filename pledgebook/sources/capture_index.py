"""The index of captures: a small SQLite file beside the WARC files, which can be made again from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path

from pledgebook.sources.captures import Capture

_COLUMNS = [field.name for field in fields(Capture)]
_PATIENCE = 60
_CREATE = f"""
    CREATE TABLE IF NOT EXISTS captures ({", ".join(_COLUMNS)}, address TEXT NOT NULL, PRIMARY KEY (file, offset));
    CREATE INDEX IF NOT EXISTS by_content ON captures (address, sha256);
"""


def is_sound(path: Path) -> bool:
    """Whether a file is a whole index; raises sqlite3.OperationalError when another run holds it, which breaks nothing."""
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        begun = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'captures'").fetchone()
        return begun is not None and connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


class CaptureIndex:
    """Which captures a raw archive holds, and where; one row for each record of its WARC files."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_CREATE)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def last(self, capture: Capture) -> list[Capture]:
        """What the last run that stored anything of the same source, address and name stored of it."""
        query = f"SELECT {', '.join(_COLUMNS)} FROM captures WHERE address = ? AND source = ? AND name = ?"
        rows = self._connection.execute(query, (capture.address, capture.source, capture.name))
        copies = [_from_row(row) for row in rows]
        # The files of a source are named by the time of their run.
        last = max((copy.file for copy in copies), default=None)
        return [copy for copy in copies if copy.file == last]

    def add(self, captures: Iterable[Capture]) -> None:
        """Adds captures in one transaction: all of them are there afterwards, or none."""
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        rows = [(*(_to_cell(getattr(capture, name)) for name in _COLUMNS), capture.address) for capture in captures]
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(f"INSERT OR IGNORE INTO captures VALUES ({marks})", rows)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def all(self) -> list[Capture]:
        """All captures, sorted by address and content."""
        rows = self._connection.execute(
            f"SELECT {', '.join(_COLUMNS)} FROM captures ORDER BY address, sha256, file, offset"
        )
        return [_from_row(row) for row in rows]


def _to_cell(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _from_row(cells: tuple[str | None, ...]) -> Capture:
    row = dict(zip(_COLUMNS, cells, strict=True))
    moments = {name: datetime.fromisoformat(row[name] or "") for name in ("captured_at", "modified_at") if row[name]}
    day = date.fromisoformat(row["day"]) if row["day"] else None
    return Capture(**{**row, **moments, "day": day})  # type: ignore[arg-type]
