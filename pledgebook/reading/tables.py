"""Tables of a version as Polars frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl

from pledgebook.reading.books import DEMONSTRATION, Book, opened

# The tables whose rows belong to a statement, and may belong to a sample.
_OF_STATEMENTS = {"readouts", "commitments"}


def load(
    table: str = "commitments",
    version: str = "latest",
    *,
    where: pl.Expr | None = None,
    samples: bool = False,
    releases: str | Path | None = None,
) -> pl.DataFrame:
    """A table of a version, or its rows of which `where` holds; `.to_pandas()` makes it one of pandas.

    Files from elsewhere are downloaded once, held against their SHA-256, and kept; only which statements are samples is looked up in the
    table of statements where it lies. From version 1.0 on `samples=True` adds the rows of bundled summaries, which never count in figures; a
    version 0.x consists of them. Raises UnknownVersion, ReleaseError.
    """
    rows = rows_of(opened(version, releases), table, samples=samples)
    return (rows if where is None else rows.filter(where)).collect()


def scan(
    table: str = "commitments", version: str = "latest", *, samples: bool = False, releases: str | Path | None = None
) -> pl.LazyFrame:
    """The same as a lazy frame: of a file from elsewhere that was not downloaded, only the parts that are asked for are fetched, unchecked."""
    book = opened(version, releases)
    return _without_samples(
        book, table, lambda name: pl.scan_parquet(book.scannable(f"{name}.parquet"), glob=False), samples
    )


def codelist(name: str, version: str = "latest", *, releases: str | Path | None = None) -> pl.DataFrame:
    """A code list of a version, as `actors` or `topics`; all columns are text. Raises UnknownVersion, ReleaseError."""
    return codes_of(opened(version, releases), name)


def rows_of(book: Book, table: str, *, samples: bool = False) -> pl.LazyFrame:
    """A table of an opened version, from a file on this machine."""
    return _without_samples(
        book, table, lambda name: pl.scan_parquet(book.local(f"{name}.parquet"), glob=False), samples
    )


def codes_of(book: Book, name: str) -> pl.DataFrame:
    """A code list of an opened version."""
    return pl.read_csv(book.local(f"codelists/{name}.csv"), infer_schema=False)


def _without_samples(book: Book, table: str, read: Callable[[str], pl.LazyFrame], samples: bool) -> pl.LazyFrame:
    rows = read(table)
    if samples or table not in _OF_STATEMENTS or book.entry.version.startswith(DEMONSTRATION):
        return rows
    official = pl.col("text_origin") == "official"
    if table == "readouts":
        return rows.filter(official)
    # Of a file that may be ten times as large, two columns are needed.
    readouts = pl.scan_parquet(book.scannable("readouts.parquet"), glob=False).filter(official)
    return rows.join(readouts.select("readout_id"), on="readout_id", how="semi", maintain_order="left")
