"""Tables that lie in files: the same rows, no file left behind, and a clear word when there is no room."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.frames import empty
from pledgebook.releases.mapped import mapped
from schemas import TABLES


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def small_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("height", [0, 1])
def test_every_table_comes_back_in_its_types(name: str, height: int) -> None:
    rows = empty(name).clear(height)
    back = mapped(rows.lazy())
    assert back.schema == rows.schema
    assert back.equals(rows)


def test_the_order_of_the_rows_stays_and_no_file_is_left(folder: Path) -> None:
    # More rows than Polars writes in one piece.
    rows = pl.DataFrame({"number": range(300_000)}).with_columns(word=pl.format("Zusage 🚢 {}", "number"))
    back = mapped(rows.lazy())
    assert list(folder.iterdir()) == []
    assert back.equals(rows)


@pytest.mark.usefixtures("small_files")
def test_a_table_that_finds_no_room_names_the_folder_and_the_setting(folder: Path) -> None:
    rows = pl.LazyFrame({"word": ["zusage"]}).select(pl.col("word").repeat_by(100_000).explode())
    with pytest.raises(ReleaseError, match="TMPDIR") as failed:
        mapped(rows)
    assert str(folder) in str(failed.value)
    assert list(folder.iterdir()) == []
