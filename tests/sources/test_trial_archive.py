"""A dry run's view of the archive: it reads what a run would read, and leaves no trace."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pledgebook.sources import CaptureStore, load_documents
from pledgebook.sources.trial_archive import trial_archive

from .conftest import NOW

Write = Callable[..., Path]
CALL = "---\ndate: 2021-06-08\nissuer: USA\nsource_url: https://www.state.gov/a\nmodified_time: {}\n---\n{}\n"


def contents_of(folder: Path) -> dict[str, str]:
    """What a folder holds, file by file."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def load_into(raw: Path, *paths: Path) -> list[bytes]:
    """Loads files, and returns what then counts of each address."""
    store = CaptureStore(raw)
    load_documents(paths, store, NOW)
    counts = [store.read(capture) for capture in store.newest()]
    store.close()
    return counts


def test_a_newer_copy_of_the_archive_counts_and_the_archive_stays_as_it_was(tmp_path: Path, write: Write) -> None:
    raw = tmp_path / "raw"
    newer = write("newer.md", CALL.format("2021-06-12T00:00:00Z", "Norland will help."))
    load_into(raw, newer)
    before = contents_of(raw)
    older = write("older.md", CALL.format("2021-06-10T00:00:00Z", "Norland might help."))
    fresh = write("fresh.txt", "Estavia will pay.")
    with trial_archive(raw) as trial:
        counts = load_into(trial, older, fresh)
    assert contents_of(raw) == before
    assert not trial.exists()
    assert sorted(counts) == sorted([newer.read_bytes(), fresh.read_bytes()])
    assert counts == load_into(raw, older, fresh)


def test_an_archive_that_is_not_there_is_not_made(tmp_path: Path, write: Write) -> None:
    with trial_archive(tmp_path / "raw") as trial:
        assert load_into(trial, write("a.txt", "Norland will help.")) == [b"Norland will help."]
    assert not (tmp_path / "raw").exists()


def test_the_samples_are_there(tmp_path: Path) -> None:
    sample = tmp_path / "raw" / "samples" / "a.md"
    sample.parent.mkdir(parents=True)
    sample.write_text("---\nsource_url: https://www.state.gov/a\ntext_origin: summary\n---\nText")
    with trial_archive(tmp_path / "raw") as trial:
        assert load_into(trial) == [sample.read_bytes()]


@pytest.mark.parametrize("index", ["whole", "missing", "broken"])
def test_what_a_killed_run_left_is_read_and_not_mended_in_place(tmp_path: Path, write: Write, index: str) -> None:
    raw = tmp_path / "raw"
    load_into(raw, write("a.txt", "Norland will help."))
    (warc,) = raw.glob("*/*.warc.gz")
    with warc.open("ab") as file:
        file.write(b"\x1f\x8b\x08 torn")
    path = raw / "index.sqlite"
    if index == "missing":
        path.unlink()
    if index == "broken":
        path.write_bytes(b"no database")
    before = contents_of(raw)
    with trial_archive(raw) as trial:
        assert sorted(load_into(trial, write("b.txt", "Estavia will pay."))) == [
            b"Estavia will pay.",
            b"Norland will help.",
        ]
    assert contents_of(raw) == before


def test_what_is_known_of_a_crawl_that_was_killed_is_there(tmp_path: Path) -> None:
    """Its last words stand in a file beside the database."""
    (tmp_path / "raw").mkdir()
    running = sqlite3.connect(tmp_path / "raw" / "crawl.sqlite", isolation_level=None)
    running.executescript("PRAGMA journal_mode = WAL; CREATE TABLE known (url); INSERT INTO known VALUES ('a');")
    with trial_archive(tmp_path / "raw") as trial:
        assert sqlite3.connect(trial / "crawl.sqlite").execute("SELECT url FROM known").fetchall() == [("a",)]
    running.close()
