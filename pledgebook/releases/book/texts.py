"""The texts of statements, apart from the tables: those of a million statements do not fit into memory.

In the tables of a book, `readouts.text` is the SHA-256 of the text where one is held. `Texts` knows the files in which the texts lie.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

WORDS = {"text": pl.String, "words": pl.String}
# So many texts are in memory at once.
TEXTS_AT_ONCE = 10_000


def without_texts(readouts: pl.LazyFrame) -> pl.DataFrame:
    """Return the readouts, each text replaced by its SHA-256."""
    named = pl.when(pl.col("text").is_not_null()).then("text_sha256")
    return readouts.with_columns(text=named).collect(engine="streaming")


class Texts:
    """The texts of readouts that lie in files or in other tables."""

    def __init__(self, *readouts: pl.LazyFrame) -> None:
        self._readouts = readouts

    def __add__(self, other: Texts) -> Texts:
        return Texts(*self._readouts, *other._readouts)

    def slices(self) -> Iterator[pl.DataFrame]:
        """Yield all texts, some at a time: text (the SHA-256), words (the text itself)."""
        for readouts in self._readouts:
            held = readouts.filter(pl.col("text").is_not_null()).select(text="text_sha256", words="text")
            yield from held.collect_batches(chunk_size=TEXTS_AT_ONCE)

    def named(self, texts: pl.Series) -> dict[str, str]:
        """Return the texts of those SHA-256."""
        wanted = texts.drop_nulls().unique()
        parts = [part.filter(pl.col("text").is_in(wanted.implode())) for part in self.slices()] if wanted.len() else []
        return dict(row for part in parts for row in part.iter_rows())
