"""Answers: what each address said each time it was asked, kept for ever beside the captures.

An answer is a row of the index for one HTTP record of a WARC file: a page, a redirect, a "not modified", a "gone".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime

from pledgebook.sources.addresses import canonical_url

DOCUMENT, COPY, LISTING, REDIRECT = "document", "copy", "listing", "redirect"
NOT_MODIFIED, OK = 304, 200
GONE = (404, 410)


@dataclass(frozen=True)
class Answer:
    """One HTTP answer.

    source: name of the source; round: the crawl in which it was asked, as `<source>-<time>`; kind: document, copy (an archive's, of a document), listing
    or redirect;
    url: the address that was visited; target: the one that answered, after redirects; moment: UTC; status: of HTTP;
    sha256: of the content that the answer gave or confirmed, None for any other status than 200 and 304; etag, last_modified: as
    the site told them; file, offset: the record; holder_file, holder_offset: the record that holds the content.
    """

    source: str
    round: str
    kind: str
    url: str
    target: str
    moment: datetime
    status: int
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    file: str = ""
    offset: int = 0
    holder_file: str | None = None
    holder_offset: int | None = None

    @property
    def address(self) -> str:
        """The canonical form of the address that was visited; what is none stays as it is, since a site may redirect to anything."""
        try:
            return canonical_url(self.url)
        except ValueError:
            return self.url

    @property
    def holds_content(self) -> bool:
        """Whether the record itself holds the content."""
        return self.sha256 is not None and (self.holder_file, self.holder_offset) == (self.file, self.offset)


_COLUMNS = [field.name for field in fields(Answer)]
CREATE_ANSWERS = f"""
    CREATE TABLE IF NOT EXISTS answers ({", ".join(_COLUMNS)}, address TEXT NOT NULL, PRIMARY KEY (file, offset));
    CREATE INDEX IF NOT EXISTS by_target ON answers (source, target, moment);
    CREATE INDEX IF NOT EXISTS by_round ON answers (round, url);
    CREATE INDEX IF NOT EXISTS by_address ON answers (address);
"""


class AnswerTable:
    """The answers of an index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, answers: Iterable[Answer]) -> None:
        """Adds answers; the caller keeps the transaction."""
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        rows = [(*(_to_cell(getattr(answer, name)) for name in _COLUMNS), answer.address) for answer in answers]
        self._connection.executemany(f"INSERT OR IGNORE INTO answers VALUES ({marks})", rows)

    def last_content(self, source: str, target: str) -> Answer | None:
        """The newest answer with content that an address gave to a crawl of a source."""
        return self._one(
            "source = ? AND target = ? AND sha256 IS NOT NULL ORDER BY moment DESC, file DESC, offset DESC",
            source,
            target,
        )

    def in_round(self, round: str, url: str) -> Answer | None:
        """What the visit to an address came to in a crawl, or None when it was not visited, or not to its end."""
        return self._one(f"round = ? AND url = ? AND kind != '{REDIRECT}'", round, url)

    def of_document(self, address: str) -> list[Answer]:
        """All answers to visits of a document, in the order of time."""
        return self._all(f"kind = '{DOCUMENT}' AND address = ? ORDER BY moment, file, offset", address)

    def missed(self) -> dict[str, int]:
        """How many answers there are for each document that was ever not found, by address."""
        query = f"SELECT address, count(*) FROM answers WHERE kind = '{DOCUMENT}' GROUP BY address HAVING sum(status IN {GONE})"
        return dict(self._connection.execute(query).fetchall())

    def _one(self, condition: str, *values: str) -> Answer | None:
        return next(iter(self._all(f"{condition} LIMIT 1", *values)), None)

    def _all(self, condition: str, *values: str) -> list[Answer]:
        rows = self._connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM answers WHERE {condition}", values)
        return [_from_row(row) for row in rows]


def placed(answer: Answer, file: str, offset: int) -> Answer:
    """The answer with the place of its record, which holds the content unless another one does already."""
    held = answer.sha256 is not None and answer.holder_file is None
    holder = {"holder_file": file, "holder_offset": offset} if held else {}
    return replace(answer, file=file, offset=offset, **holder)  # type: ignore[arg-type]


def _to_cell(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _from_row(cells: tuple[object, ...]) -> Answer:
    row = dict(zip(_COLUMNS, cells, strict=True))
    return Answer(**{**row, "moment": datetime.fromisoformat(str(row["moment"]))})  # type: ignore[arg-type]
