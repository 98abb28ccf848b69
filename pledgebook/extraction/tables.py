"""Readouts to commitments, table to table: the one entrance of this package."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from pledgebook.extraction.coding import Row, Setting, code
from pledgebook.extraction.document import DocumentReader, Statement
from pledgebook.extraction.regions import with_regions
from schemas import CODEBOOK_VERSION, polars_schema

_VERSION = "0.1.0"
_NOT_FOUND_HERE = frozenset({"commitment_id", "amount_summable", "first_version", "changed_version"})


def _code_and_lexicon() -> str:
    """Twelve letters of the SHA-256 over this package's code and lexicon."""
    folder, total = Path(__file__).parent, hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".csv", ".toml"}):
        total.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return total.hexdigest()[:12]


EXTRACTOR = f"pledgebook-grammar {_VERSION} {_code_and_lexicon()}"


def found_schema() -> dict[str, pl.DataType | type[pl.DataType]]:
    """Columns of what `extract` returns: the table `commitments` without what the release assigns, and `sentence_start`."""
    columns = {name: kind for name, kind in polars_schema("commitments").items() if name not in _NOT_FOUND_HERE}
    return {**columns, "sentence_start": pl.Int32}


def extract(readouts: pl.DataFrame) -> pl.DataFrame:
    """The commitments stated in the readouts, sorted by readout_id and char_start.

    In: columns readout_id, title, text, date, issuer, participants, document_type. Out: the columns of `found_schema`.
    """
    wanted = readouts.select("readout_id", "title", "text", "date", "issuer", "participants", "document_type").sort(
        "readout_id"
    )
    with _without_collection():
        rows = [row for readout in wanted.iter_rows(named=True) for row in _rows(readout)]
    constant = {"extractor": EXTRACTOR, "codebook": CODEBOOK_VERSION}
    return pl.DataFrame([{**row, **constant} for row in rows], schema=found_schema(), orient="row").sort(
        "readout_id", "char_start"
    )


@contextmanager
def _without_collection() -> Iterator[None]:
    """Reading makes many small objects and no cycles of them, so that looking for cycles is time lost."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def statement_of(readout: Row) -> Statement:
    """What the extractor reads of a row of the table `readouts`."""
    return Statement(
        readout["title"],
        readout["text"],
        readout["issuer"],
        tuple(readout["participants"]),
        readout["date"],
        readout["document_type"],
    )


def _rows(readout: Row) -> Iterator[Row]:
    reader = DocumentReader(statement_of(readout))
    found = reader.undertakings()
    setting = Setting(
        readout["readout_id"],
        readout["title"],
        readout["text"],
        readout["date"],
        reader.parties,
        with_regions(readout["text"], reader.mentions),
    )
    siblings = Counter(item.listed for item in found if item.listed is not None)
    for item in sorted(found, key=lambda item: item.start):
        shared = item.listed is not None and siblings[item.listed] > 1
        yield code(item, setting, shared)
