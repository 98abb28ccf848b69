"""What a site is made of: one version of the book, its rows and the names of its codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from pledgebook.reading.books import DEMONSTRATION, Book, book_of, entries
from pledgebook.reading.tables import codes_of, rows_of
from pledgebook.releases.places.index import Entry

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


def edition(version: str, releases: str | Path | None) -> Edition:
    """Read a version. Raises UnknownVersion, ReleaseError."""
    book = book_of(version, releases)
    readouts, commitments = (rows_of(book, name, samples=True).collect() for name in ("readouts", "commitments"))
    names = {name: dict(codes_of(book, name).select("code", "name").iter_rows()) for name in NAMED}
    return Edition(book, entries(book.place), readouts, commitments, names)
