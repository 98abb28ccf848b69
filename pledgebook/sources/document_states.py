"""The documents of an archive, each with the state that it is in: what has the same state need not be read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby

import polars as pl

from pledgebook.sources.captures import Capture
from pledgebook.sources.registry import SAMPLES
from pledgebook.sources.store import CaptureStore

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "sample": pl.Boolean,
    "address": pl.String,
    "source": pl.String,
    "sources": pl.List(pl.String),
    "file": pl.String,
    "offset": pl.Int64,
    "state": pl.UInt64,
}
ORDER = ["source", "file", "offset", "address", "sample"]
# Where a copy lies does not change what it says.
_TOLD = ("source", "url", "name", "media_type", "captured_at", "sha256", "modified_at", "title", "day", "fetched")


def document_states(store: CaptureStore) -> pl.DataFrame:
    """One row a document: whether it is a sample, its address, source, and state, and where its last copy lies.

    source: that of its last copy; sources: those of all. Sorted by source, then in the order in which the last copies were stored, so that
    documents that come later stand at the end of their source.
    """
    missed = store.missed()
    rows = [_row(sample, address, copies, missed.get(address)) for sample, address, copies in _documents(store)]
    table = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return table.sort(ORDER)


def _row(sample: bool, address: str, copies: Sequence[Capture], visits: int | None) -> tuple[object, ...]:
    last = copies[-1]
    sources = sorted({copy.source for copy in copies})
    return sample, address, last.source, sources, last.file, last.offset, _state(copies, visits)


def _documents(store: CaptureStore) -> Iterator[tuple[bool, str, list[Capture]]]:
    """Each document with its copies; a summary is a document of its own beside the real one of its address."""
    samples: dict[str, list[Capture]] = {}
    for address, copies in groupby(store.by_address(), key=lambda pair: pair[0]):
        official: list[Capture] = []
        for _, copy in copies:
            (samples.setdefault(address, []) if copy.source == SAMPLES else official).append(copy)
        if official:
            yield False, address, official
    for address, summaries in samples.items():
        yield True, address, summaries


def _state(copies: Sequence[Capture], visits: int | None) -> int:
    """A number that changes whenever a copy comes, and with each visit to a document that was once not found."""
    told = sorted(repr([getattr(copy, name) for name in _TOLD]) for copy in copies)
    content = "\n".join([*told, str(visits)])
    return int.from_bytes(hashlib.blake2b(content.encode(), digest_size=8).digest())
