"""A book of two versions, at every kind of place that users read from."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from object_store import served
from publishing import Publisher, Run, readout
from range_server import Account, serving

from pledgebook.releases.mirror import mirror_releases

HARBOUR = "They met in Ōsaka 🚢.\n\nThe US will pay $5 million to Ukraine for the <b>harbour</b>. It will send men."
LATE = datetime(2026, 11, 9, tzinfo=UTC)


def publish_twice(folder: Path) -> Path:
    """Version 1.0.0, and 1.1.0 with an edit, a new statement and a sample."""
    publish = Publisher(folder)
    first = readout("a", HARBOUR), readout("b", "It will open an office.", licence="unknown")
    publish(Run(*first))
    edited = readout("a", HARBOUR.replace("It will send men.", "It will send two men."), retrieved_at=LATE)
    sample = readout("s", "Invented: the US will lend a boat.", text_origin="summary", url="https://example.org/s")
    joint = readout("j", "The US and Norway will build a bridge.", participants=["USA", "NOR"])
    second = Run(edited, sample)
    both = Run(joint, actors=["USA", "NOR"], act="restrict")
    second.readouts.extend(both.readouts)
    second.found.extend(both.found)
    publish(second)
    return publish.place


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two versions, which no test changes."""
    return publish_twice(tmp_path_factory.mktemp("book"))


@pytest.fixture
def own_book(book: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(book, tmp_path / "processed"))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "pledgebook" / "releases"


@pytest.fixture
def site(own_book: Path, cache: Path) -> Iterator[Account]:
    """The book on a web server, and what that was asked for."""
    with serving(own_book) as account:
        yield account


@pytest.fixture(scope="session")
def bucket(book: Path) -> Iterator[str]:
    """The book in an object store."""
    with served():
        mirror_releases(book, "s3://bucket/books")
        yield "s3://bucket/books"


@pytest.fixture
def id_of(book: Path) -> Callable[[str], str]:
    """The identifier of the commitment whose quote begins so, in the newest version that has it."""
    publish = Publisher(book.parent)
    ids = {**dict(_ids(publish, "1.0.0")), **dict(_ids(publish, "1.1.0"))}
    return lambda words: next(ids[quote] for quote in ids if quote.startswith(words))


def _ids(publish: Publisher, version: str) -> list[tuple[str, str]]:
    return publish.table("commitments", version).select("quote", "commitment_id").rows()
