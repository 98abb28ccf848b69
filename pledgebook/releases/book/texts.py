"""The texts of statements, apart from the tables: those of a million statements do not fit into memory.

In the tables of a book, `readouts.text` is the SHA-256 of the text where one is held. `Texts` holds the texts, mapped.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pledgebook.releases.mapped import mapped

WORDS = {"text": pl.String, "words": pl.String}
# So many texts are in memory at once.
TEXTS_AT_ONCE = 10_000


def without_texts(readouts: pl.LazyFrame) -> pl.DataFrame:
    """Return the readouts, each text replaced by its SHA-256."""
    named = pl.when(pl.col("text").is_not_null()).then("text_sha256")
    return mapped(readouts.with_columns(text=named))


class Texts:
    """The texts of readouts, in files of their own. Raises ReleaseError when there is no room for these."""

    def __init__(self, *readouts: pl.LazyFrame) -> None:
        texts = [rows.filter(pl.col("text").is_not_null()) for rows in readouts]
        # Mapped, and not read as a stream: that runs ahead of whoever is slow, and the texts that wait fill the memory.
        self._tables = [mapped(some.select(text="text_sha256", words="text")) for some in texts]

    def __add__(self, other: Texts) -> Texts:
        both = Texts()
        both._tables = [*self._tables, *other._tables]
        return both

    def slices(self) -> Iterator[pl.DataFrame]:
        """Yield all texts, some at a time: text (the SHA-256), words (the text itself)."""
        for table in self._tables:
            yield from table.iter_slices(TEXTS_AT_ONCE)

    def named(self, texts: pl.Series) -> dict[str, str]:
        """Return the texts of those SHA-256."""
        wanted = texts.drop_nulls().unique()
        parts = [part.filter(pl.col("text").is_in(wanted.implode())) for part in self.slices()] if wanted.len() else []
        return dict(row for part in parts for row in part.iter_rows())
