"""The record of what was read: which documents, in which state, the version that stands already tells of.

Kept beside the index, one row a document: sample (whether it is a bundled summary), address, state (see `document_states`), text (a hash of
what it says, null where it could not be read). It only spares work: without it, or with one of another version or of other code, the next
run reads every document again.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import polars as pl

from pledgebook.releases.errors import PlaceBusy
from pledgebook.releases.places.index import Entry, last_good
from pledgebook.releases.places.place import Place, read_index
from pledgebook.releases.writing.code_hash import code_hash

RECORD = ".read.parquet"
SCHEMA: dict[str, type[pl.DataType]] = {
    "sample": pl.Boolean,
    "address": pl.String,
    "state": pl.UInt64,
    "text": pl.UInt64,
}
DOCUMENT = ["sample", "address"]


@dataclass(frozen=True)
class Basis:
    """What a record holds for. version: the sums of the version; reader, code, corrections: hashes of the code that reads, of all code, and
    of the file of corrections."""

    version: str
    reader: str
    code: str
    corrections: str


@dataclass(frozen=True)
class Record:
    """The documents that were read, and what that holds for."""

    basis: Basis
    documents: pl.DataFrame


@dataclass(frozen=True)
class Reading:
    """What a run read. reader: hash of the code that read; documents: as in a record; since: the sums of the version whose record told
    which documents could be left out, None when none was."""

    reader: str
    documents: pl.LazyFrame
    since: str | None = None


def no_documents() -> pl.DataFrame:
    """Return a record's table without rows."""
    return pl.DataFrame(schema=SCHEMA)


def read_record(place: Place) -> Record | None:
    """Return the record that a place keeps; None when there is none, or none that can be read."""
    try:
        content = place.read(RECORD)
        told = pl.read_parquet_metadata(BytesIO(content))
        return Record(Basis(**{name: told[name] for name in Basis.__annotations__}), pl.read_parquet(BytesIO(content)))
    except (OSError, KeyError, pl.exceptions.PolarsError):
        return None


def record_for(place: Place, reader: str) -> Record | None:
    """Return the record, when it is of the version that stands and of the same reader."""
    entry, record = last_good(read_index(place)), read_record(place)
    holds = entry and record and (record.basis.version, record.basis.reader) == (entry.sums, reader)
    return record if holds else None


def keep_record(place: Place, before: Entry | None, reading: Reading, corrections: Path) -> None:
    """Note what a run read, for the version that stands now; `before` is the one that it began with."""
    entry, known = last_good(read_index(place)), read_record(place)
    if entry is None:
        return
    continues = before and known and (known.basis.version, known.basis.reader) == (before.sums, reading.reader)
    kept = known.documents if known and continues else no_documents()
    read = reading.documents.select(list(SCHEMA)).collect()
    documents = pl.concat([kept.join(read.select(DOCUMENT), on=DOCUMENT, how="anti"), read])
    basis = Basis(entry.sums, reading.reader, code_hash(), file_hash(corrections))
    content = BytesIO()
    documents.sort(DOCUMENT).write_parquet(content, metadata=asdict(basis))
    place.replace(RECORD, content.getvalue())


def is_told(quarantine: pl.DataFrame, published: pl.DataFrame) -> bool:
    """Tell whether all that a run set aside stands in the published quarantine already."""
    columns = [column for column in quarantine.columns if column in published.columns]
    return quarantine.join(published, on=columns, how="anti", nulls_equal=True).is_empty()


def settled(place: Place, entry: Entry | None, reading: Reading, corrections: Path) -> bool:
    """Tell whether a run that read nothing can change nothing: the same code has made the version that stands of these documents."""
    record = read_record(place)
    now = Basis(entry.sums, reading.reader, code_hash(), file_hash(corrections)) if entry else None
    nothing_read = reading.documents.limit(1).collect().is_empty()
    return nothing_read and record is not None and record.basis == now


def refuse_other_version(place: Place, entry: Entry | None, reading: Reading) -> None:
    """Raise PlaceBusy when documents were left out because of a version that does not stand any more."""
    if reading.since is not None and (entry is None or entry.sums != reading.since):
        raise PlaceBusy(f"Another run has changed what stands at {place.address} meanwhile; run again.")


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file; of none, that of nothing."""
    return hashlib.sha256(path.read_bytes() if path.exists() else b"").hexdigest()
