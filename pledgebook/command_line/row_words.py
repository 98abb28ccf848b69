"""What a row is about, in a few words, for lines that name it by its identifier."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import polars as pl

from pledgebook.releases.places.published import read_table

_LONGEST = 80


def words_of_rows(releases: str, version: str, ids: Collection[str]) -> dict[str, str]:
    """By identifier: the date, the actors and the quote of a commitment, the title of a readout. Raises ReleaseError."""
    return dict([*_readouts(releases, version, ids), *_commitments(releases, version, ids)])


def _readouts(releases: str, version: str, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    rows = read_table(releases, "readouts", version).filter(pl.col("readout_id").is_in(list(ids)))
    for row_id, title in rows.select("readout_id", "title").iter_rows():
        yield row_id, _quoted(title)


def _commitments(releases: str, version: str, ids: Collection[str]) -> Iterator[tuple[str, str]]:
    rows = read_table(releases, "commitments", version).filter(pl.col("commitment_id").is_in(list(ids)))
    for row_id, day, actors, quote in rows.select("commitment_id", "date", "actors", "quote").iter_rows():
        yield row_id, f"{day} {', '.join(actors)} {_quoted(quote)}"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST else line[:_LONGEST].rstrip() + '…'}”"
