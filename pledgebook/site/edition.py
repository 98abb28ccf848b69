"""What a site is made of: one version of the book, its rows and the names of its codes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from pledgebook.reading.books import DEMONSTRATION, Book, book_of, entries
from pledgebook.reading.tables import codes_of, rows_of
from pledgebook.releases.book.versions import same_first_number
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.frames import empty, fitted
from pledgebook.releases.places.index import Entry
from schemas import SCHEMA_VERSION

Row = Mapping[str, Any]
# The code lists whose codes are shown by name.
NAMED = [
    "actors",
    "topics",
    "acts",
    "strengths",
    "novelties",
    "attributions",
    "publishers",
    "document_types",
    "licences",
]


@dataclass(frozen=True)
class Edition:
    """A version; readouts and commitments with those of samples, names: code and name of each code list in `NAMED`."""

    book: Book
    versions: Sequence[Entry]
    readouts: pl.DataFrame
    commitments: pl.DataFrame
    names: Mapping[str, Mapping[str, str]]

    @property
    def is_demonstration(self) -> bool:
        """Whether it consists of bundled samples."""
        return self.book.entry.version.startswith(DEMONSTRATION)

    @cached_property
    def counted_readouts(self) -> pl.DataFrame:
        """The statements that count in figures: all but samples, except in a demonstration."""
        return self.readouts if self.is_demonstration else self.readouts.filter(pl.col("text_origin") == "official")

    @cached_property
    def counted(self) -> pl.DataFrame:
        """The commitments that count in figures."""
        return self.commitments.join(self.counted_readouts.select("readout_id"), on="readout_id", how="semi")

    @cached_property
    def quality(self) -> dict[str, Any]:
        """What was measured of the extractor of the version, as its `quality.json` has it."""
        return dict(json.loads(self.book.local("quality.json").read_bytes()))

    @cached_property
    def named_actors(self) -> list[str]:
        """The codes of all whom a statement or a commitment names, samples included, sorted: who has a page."""
        sides = self.commitments.select(code=pl.concat_list("actors", "recipients", "targets")).explode("code")
        return pl.concat([sides, self.readouts.select(code="issuer")])["code"].drop_nulls().unique().sort().to_list()


def edition(version: str, releases: str | Path | None) -> Edition:
    """Read a version. Raises UnknownVersion, and ReleaseError when it cannot be read or follows another schema."""
    book = book_of(version, releases)
    if not same_first_number(book.entry.schema, SCHEMA_VERSION):
        raise ReleaseError(
            f"Version {book.entry.version} has schema {book.entry.schema}, and this Pledgebook makes sites of schema "
            f"{SCHEMA_VERSION}: use the Pledgebook of that time."
        )
    names = {name: named(book, name) for name in NAMED}
    return Edition(book, entries(book.place), rows_as_now(book, "readouts"), rows_as_now(book, "commitments"), names)


def rows_as_now(book: Book, table: str) -> pl.DataFrame:
    """A table of a version, samples included, with today's columns; those that a schema before it did not have are empty."""
    if f"{table}.parquet" not in book.sums:
        return empty(table)
    return fitted(table, rows_of(book, table, samples=True).collect())


def named(book: Book, codelist: str, column: str = "name") -> dict[str, str]:
    """A column of a code list by code; nothing where the version has no such list."""
    if f"codelists/{codelist}.csv" not in book.sums:
        return {}
    return dict(codes_of(book, codelist).select("code", column).iter_rows())
