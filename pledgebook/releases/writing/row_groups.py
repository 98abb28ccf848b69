"""The rows of a table group by group, as its Parquet file holds them, so that no table has to be in memory with its texts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from pledgebook.releases.book.texts import WORDS, Texts
from pledgebook.releases.errors import ReleaseError

ROWS_A_GROUP = 25_000


def starts(rows: int) -> range:
    """Return where the groups of so many rows begin; an empty table has one, without rows."""
    return range(0, max(rows, 1), ROWS_A_GROUP)


def groups_in_file(file: Path | BytesIO) -> Iterator[pl.DataFrame]:
    """Yield the groups of a Parquet file."""
    rows = pl.scan_parquet(file, glob=False)
    for start in starts(rows.select(pl.len()).collect().item()):
        yield rows.slice(start, ROWS_A_GROUP).collect()


class Groups:
    """The groups of a table; those of readouts get their texts from the files of a folder."""

    def __init__(self, rows: pl.DataFrame, dealt: Path | None = None) -> None:
        self._rows, self._dealt = rows, dealt

    def __iter__(self) -> Iterator[pl.DataFrame]:
        for start in starts(self._rows.height):
            group = self._rows[start : start + ROWS_A_GROUP]
            yield group if self._dealt is None else with_texts(group, self._dealt / str(start))


@contextmanager
def with_texts_dealt(readouts: pl.DataFrame, texts: Texts, folder: Path) -> Iterator[Groups]:
    """The groups of readouts with their texts, which lie in no order: they are dealt out to the groups first, in files that go afterwards."""
    group = (pl.int_range(pl.len()) // ROWS_A_GROUP * ROWS_A_GROUP).alias("group")
    wanted = readouts.select("text", group).drop_nulls()
    with TemporaryDirectory(prefix=".texts-", dir=folder) as dealt:
        for number, some in enumerate(texts.slices()):
            for (start,), part in some.join(wanted, on="text").partition_by("group", as_dict=True).items():
                to = Path(dealt) / str(start)
                to.mkdir(exist_ok=True)
                part.drop("group").write_ipc(to / f"{number}.arrow", compression="zstd")
        yield Groups(readouts, Path(dealt))


def with_texts(group: pl.DataFrame, dealt: Path) -> pl.DataFrame:
    """Return the readouts of a group with their texts. Raises ReleaseError when one of them was not dealt."""
    parts = [pl.read_ipc(file) for file in dealt.glob("*.arrow")]
    words = pl.concat([pl.DataFrame(schema=WORDS), *parts]).unique("text")
    placed = group.join(words, on="text", how="left", maintain_order="left")
    lost = placed.filter(pl.col("text").is_not_null() & pl.col("words").is_null())["readout_id"]
    if lost.len():
        raise ReleaseError(f"The text of {lost[0]} lies in no table that was read; nothing was published. Run again.")
    return placed.with_columns(text="words").drop("words")
