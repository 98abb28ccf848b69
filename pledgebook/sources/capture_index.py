"""The index of the raw archive: a small SQLite file beside the WARC files, which can be made again from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path

from pledgebook.sources.answers import CREATE_ANSWERS, Answer, AnswerTable
from pledgebook.sources.captures import Capture
from pledgebook.sources.loads import CREATE_LOADS, LoadTable

_COLUMNS = [field.name for field in fields(Capture)]
_PATIENCE = 60
# Raised whenever a column comes or goes: an index of another form is made again.
_FORM = 2
_CREATE = f"""
    CREATE TABLE IF NOT EXISTS captures ({", ".join(_COLUMNS)}, address TEXT NOT NULL, PRIMARY KEY (file, offset));
    CREATE INDEX IF NOT EXISTS by_content ON captures (address, sha256);
    CREATE TABLE IF NOT EXISTS files (file TEXT PRIMARY KEY, size INTEGER NOT NULL);
    {CREATE_ANSWERS}
    {CREATE_LOADS}
    PRAGMA user_version = {_FORM};
"""


def is_sound(path: Path) -> bool:
    """Whether a file is a whole index of today's form; raises sqlite3.OperationalError when another run holds it, which breaks nothing."""
    connection = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        told = [connection.execute(f"PRAGMA {pragma}").fetchone() for pragma in ("user_version", "quick_check")]
        return told == [(_FORM,), ("ok",)]
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


class CaptureIndex:
    """Which captures and answers a raw archive holds, and where; one row for each record of its WARC files."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.executescript(_CREATE)
        self.answers = AnswerTable(self._connection)
        self._loads = LoadTable(self._connection, _COLUMNS)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def last(self, capture: Capture) -> list[Capture]:
        """What the last run that stored anything of the same source, address and name stored of it."""
        copies = self.copies(capture)
        # The files of a source are named by the time of their run.
        last = max((copy.file for copy in copies), default=None)
        return [copy for copy in copies if copy.file == last]

    def copies(self, capture: Capture) -> list[Capture]:
        """All copies of the same source, address and name."""
        return self._select("address = ? AND source = ? AND name = ?", capture.address, capture.source, capture.name)

    def loaded(self, basis: bytes) -> Capture | None:
        """The capture that came of a document loaded on this basis, unless another was stored of its address and name since."""
        row = self._loads.row(basis)
        return _from_row(row) if row else None

    def add(
        self,
        captures: Iterable[Capture],
        sizes: Mapping[str, int] | None = None,
        answers: Iterable[Answer] = (),
        loads: Mapping[bytes, Capture] | None = None,
    ) -> None:
        """Adds captures, answers, the sizes up to which files are known, and captures by the basis that they were loaded on, in one
        transaction: all of it is there afterwards, or nothing."""
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        rows = [(*(_to_cell(getattr(capture, name)) for name in _COLUMNS), capture.address) for capture in captures]
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(f"INSERT OR IGNORE INTO captures VALUES ({marks})", rows)
            self._connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?)", (sizes or {}).items())
            self.answers.add(answers)
            self._loads.add({basis: (copy.file, copy.offset) for basis, copy in (loads or {}).items()})
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def all(self) -> list[Capture]:
        """All captures, sorted by address and content."""
        return self._select("TRUE ORDER BY address, sha256, file, offset")

    def by_address(self) -> Iterator[tuple[str, Capture]]:
        """All captures, each with its address, sorted by address, then in the order in which they were stored; read one by one."""
        rows = self._connection.execute(
            f"SELECT address, {', '.join(_COLUMNS)} FROM captures ORDER BY address, file, offset"
        )
        return ((address, _from_row(row)) for address, *row in rows)

    def of_address(self, address: str) -> list[Capture]:
        """All captures of an address, in the order in which they were captured."""
        return self._select("address = ? ORDER BY captured_at, file, offset", address)

    def size(self, file: str) -> int:
        """Up to which byte the records of a file are known."""
        row = self._connection.execute("SELECT size FROM files WHERE file = ?", (file,)).fetchone()
        return int(row[0]) if row else 0

    def _select(self, condition: str, *values: str) -> list[Capture]:
        rows = self._connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM captures WHERE {condition}", values)
        return [_from_row(row) for row in rows]


def _to_cell(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _from_row(cells: Sequence[str | None]) -> Capture:
    row = dict(zip(_COLUMNS, cells, strict=True))
    moments = {name: datetime.fromisoformat(row[name] or "") for name in ("captured_at", "modified_at") if row[name]}
    day = date.fromisoformat(row["day"]) if row["day"] else None
    return Capture(**{**row, **moments, "day": day, "fetched": bool(row["fetched"])})  # type: ignore[arg-type]
