"""Which capture came of a document the last time that it was loaded, so that the same document need not be read again.

The rows are a shortcut and no part of the archive: an index that is made again has none, and everything is read once more.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping

from pledgebook.sources.input_documents import InputDocument
from pledgebook.sources.input_files import Listed

# A capture keeps one row: that of the last load which it came of. Columns have no types, since those of `captures` have none: SQLite
# would not look them up there.
CREATE_LOADS = """
    CREATE TABLE IF NOT EXISTS loads (basis PRIMARY KEY, file NOT NULL, offset NOT NULL, UNIQUE (file, offset)) WITHOUT ROWID;
"""
# What was stored last of an address and name counts, so that an earlier copy has to be stored again.
_IS_LAST = """
    NOT EXISTS (
        SELECT 1 FROM captures AS later WHERE later.address = captures.address AND later.source = captures.source
        AND later.name = captures.name AND later.file > captures.file
    )
"""


def basis_of(document: InputDocument, listed: Listed, source: str | None, reader: str) -> bytes:
    """A name for all that the capture of a document is made of, the moment of loading aside: the document, what a list says of it,
    the source that it is loaded for, and the code that reads it."""
    parts = (reader, source, document.name, document.media_type, document.url, document.captured_at, listed)
    return hashlib.sha256(f"{document.sha256} {parts!r}".encode()).digest()


class LoadTable:
    """The loads of an index."""

    def __init__(self, connection: sqlite3.Connection, columns: Iterable[str]) -> None:
        self._connection = connection
        self._query = (
            f"SELECT {', '.join(f'captures.{name}' for name in columns)} FROM loads JOIN captures USING (file, offset) "
            f"WHERE basis = ? AND {_IS_LAST}"
        )

    def add(self, places: Mapping[bytes, tuple[str, int]]) -> None:
        """Adds the places of captures by what they were made of; the caller keeps the transaction."""
        rows = [(basis, *place) for basis, place in places.items()]
        self._connection.executemany("INSERT OR REPLACE INTO loads VALUES (?, ?, ?)", rows)

    def row(self, basis: bytes) -> tuple[str | None, ...] | None:
        """The row of the capture that came of this, unless another has been stored of its address and name since."""
        row: tuple[str | None, ...] | None = self._connection.execute(self._query, (basis,)).fetchone()
        return row
