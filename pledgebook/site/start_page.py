"""The start page, and the files of the version beside it."""

from __future__ import annotations

import json
import shutil
from typing import Any

import polars as pl

from pledgebook.reading.books import Book
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.places.disk import files_below
from pledgebook.releases.places.sums import SIGNATURE, SUMS
from pledgebook.releases.texts.citation import citation
from pledgebook.site.charts import commitments_by_year
from pledgebook.site.edition import Edition
from pledgebook.site.pages import Pages
from pledgebook.site.structured_data import dataset
from schemas import TABLES

_KILOBYTE = 1000


def write_files(edition: Edition, pages: Pages) -> None:
    """Copy the files of the version to `data/`, each held against its sum where it came from elsewhere, and list them."""
    book = edition.book
    for name in book.sums:
        shutil.copyfile(book.local(name), pages.path(f"data/{name}"))
    for name in (SUMS, SIGNATURE):
        if (content := _unsummed(book, name)) is not None:
            pages.path(f"data/{name}").write_bytes(content)
    folder = pages.path("data/index.html").parent
    pages.write("data", "files.html", files=[(name, (folder / name).stat().st_size) for name in files_below(folder)])


def _unsummed(book: Book, name: str) -> bytes | None:
    """A file of the version for which the sums do not vouch; nothing where there is none."""
    try:
        return book.place.read(f"{book.entry.folder}/{name}")
    except (OSError, ReleaseError):
        # Some web hosts and stores forbid what they do not have.
        return None


def write_start(edition: Edition, pages: Pages) -> None:
    """Write `index.html`. The files of the version are there."""
    entry = edition.book.entry
    pages.write(
        "",
        "start.html",
        figures=_figures(edition),
        publishers=sorted(
            edition.names["publishers"].get(code, code) for code in edition.counted_readouts["publisher"].unique()
        ),
        by_year=_by_year(edition),
        days=[edition.counted_readouts["date"].min(), edition.counted_readouts["date"].max()],
        chart=commitments_by_year(edition, pages),
        tables=[_table(edition, pages, name) for name in TABLES if f"{name}.parquet" in edition.book.sums],
        citation=citation(entry.version, entry.date),
        structured_data=dataset(json.loads(edition.book.local("croissant.json").read_bytes())),
    )


def _figures(edition: Edition) -> list[tuple[str, str]]:
    """Four figures: name and value."""
    years = edition.counted_readouts["date"].dt.year().unique().sort().to_list()
    bound = edition.counted.select(pl.col("actors").explode())["actors"].drop_nulls().n_unique()
    return [
        ("Statements", f"{edition.counted_readouts.height:,}"),
        ("Commitments", f"{edition.counted.height:,}"),
        ("Governments and organisations said to promise", f"{bound:,}"),
        (
            "Years of the statements",
            " to ".join(str(year) for year in dict.fromkeys([*years[:1], *years[-1:]])) or "none",
        ),
    ]


def _by_year(edition: Edition) -> list[tuple[int, int, int]]:
    """Year, statements, commitments without routine ones."""
    year = pl.col("date").dt.year().alias("year")
    statements = edition.counted_readouts.group_by(year).agg(statements=pl.len())
    commitments = edition.counted.filter(~pl.col("routine")).group_by(year).agg(commitments=pl.len())
    both = statements.join(commitments, on="year", how="left").with_columns(pl.col("commitments").fill_null(0))
    return list(both.sort("year").iter_rows())


def _table(edition: Edition, pages: Pages, name: str) -> dict[str, Any]:
    """What the table of downloads says of a table."""
    parquet = edition.book.local(f"{name}.parquet")
    return {
        "name": name,
        "meaning": (TABLES[name].__doc__ or "").strip(),
        "rows": pl.scan_parquet(parquet, glob=False).select(pl.len()).collect().item(),
        "parquet": _size(parquet.stat().st_size),
        "csv": _size(pages.path(f"data/csv/{name}.csv").stat().st_size),
    }


def _size(size: int) -> str:
    return f"{size / _KILOBYTE:,.0f} kB" if size < _KILOBYTE**2 else f"{size / _KILOBYTE**2:,.1f} MB"
