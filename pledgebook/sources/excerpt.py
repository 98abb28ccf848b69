"""Some documents of an archive, taken out of its index, so that another process or machine reads them from the WARC files alone.

An SQLite file on a network drive may break when several machines open it; an excerpt is two tables that anybody can read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

import polars as pl

from pledgebook.sources.answers import Answer
from pledgebook.sources.captures import Capture, newest_captures
from pledgebook.sources.record_files import RecordFiles
from pledgebook.sources.registry import SAMPLES
from pledgebook.sources.store import CaptureStore

_MOMENT = pl.Datetime("us", "UTC")
_KINDS: dict[str, pl.DataType | type[pl.DataType]] = {
    "captured_at": _MOMENT,
    "modified_at": _MOMENT,
    "moment": _MOMENT,
    "day": pl.Date,
    "fetched": pl.Boolean,
    "status": pl.Int64,
    "offset": pl.Int64,
    "holder_offset": pl.Int64,
}
Record = TypeVar("Record", Capture, Answer)


class Excerpt:
    """The copies and the answers of some documents, and the files that hold the archive."""

    def __init__(self, raw: str | Path, captures: Iterable[Capture], answers: Iterable[Answer]) -> None:
        self._files = RecordFiles(raw)
        self._captures = list(captures)
        self._copies: dict[str, list[Capture]] = {}
        for capture in self._captures:
            if capture.source != SAMPLES:
                self._copies.setdefault(capture.address, []).append(capture)
        self._answers: dict[str, list[Answer]] = {}
        for answer in answers:
            self._answers.setdefault(answer.address, []).append(answer)

    def newest(self) -> list[Capture]:
        """The newest capture of each document, as `CaptureStore.newest` has it."""
        return newest_captures(self._captures)

    def copies(self, address: str) -> list[Capture]:
        """All copies of an official document, in the order in which they were captured."""
        return self._copies.get(address, [])

    def answers(self, address: str) -> list[Answer]:
        """What a document's address answered each time that it was visited, in the order of time."""
        return self._answers.get(address, [])

    def read(self, capture: Capture) -> bytes:
        """The bytes of a capture."""
        return self._files.content(capture)

    def close(self) -> None:
        """Closes the files that reading opened."""
        self._files.close()


def excerpt_tables(store: CaptureStore, documents: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The captures and the answers of documents (sample, address), as tables that `excerpt_from` reads."""
    official = documents.filter(~pl.col("sample"))["address"].to_list()
    wanted = set(documents.filter(pl.col("sample"))["address"])
    captures = [copy for address in official for copy in store.copies(address)]
    captures += store.summaries(wanted) if wanted else []
    answers = [answer for address in official for answer in store.answers(address)]
    return _table(captures, Capture), _table(answers, Answer)


def excerpt_from(raw: str | Path, captures: pl.DataFrame, answers: pl.DataFrame) -> Excerpt:
    """The excerpt that two tables hold, of the archive in `raw`, a folder or an s3:// address."""
    return Excerpt(raw, _records(captures, Capture), _records(answers, Answer))


def _table(records: Iterable[Record], kind: type[Record]) -> pl.DataFrame:
    names = [field.name for field in fields(kind)]
    schema = {name: _KINDS.get(name, pl.String) for name in names}
    return pl.DataFrame([[getattr(record, name) for name in names] for record in records], schema=schema, orient="row")


def _records(table: pl.DataFrame, kind: type[Record]) -> list[Record]:
    return [kind(**row) for row in table.iter_rows(named=True)]
