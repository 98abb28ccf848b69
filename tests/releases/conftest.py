"""Places to publish to, and versions to read."""

from __future__ import annotations

import pickle
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from publishing import Publisher, Run, readout

from pledgebook.releases import release
from schemas import polars_schema


@pytest.fixture
def publish(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


@pytest.fixture(scope="session")
def object_store() -> Iterator[None]:
    """A real object store on loopback, for all tests."""
    from object_store import served

    with served():
        yield


@pytest.fixture
def remote(object_store: None, tmp_path: Path) -> Publisher:
    """A place in the object store that is empty."""
    return Publisher(tmp_path, f"s3://bucket/{uuid.uuid4().hex}")


@pytest.fixture
def second_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Publisher], Path]:
    """Makes the second version of a place and, in place of publishing it, keeps it as a file.

    A process can publish that without any thread of Polars, so that it may be forked.
    """

    def make(publisher: Publisher) -> Path:
        kept = tmp_path / "second_release"
        with monkeypatch.context() as patch:
            patch.setattr(release, "publish", lambda place, made: kept.write_bytes(pickle.dumps(made)))
            publisher(Run(readout("b", "The United States will send engineers to the dam.")))
        return kept

    return make


@pytest.fixture
def document() -> Callable[..., dict[str, Any]]:
    return readout


@pytest.fixture
def run() -> type[Run]:
    return Run


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a module keeps the version that its tests read."""
    return tmp_path_factory.mktemp("kept") / "version"


@pytest.fixture
def version_with_all(kept: Path, publish: Publisher, document: Callable[..., dict[str, Any]], run: type[Run]) -> Path:
    """A version whose tables all have rows, with gaps where the schemas allow them, also in keys."""
    if kept.exists():
        return kept
    late = datetime(2026, 11, 2, 13, 5, 7, 250_000, tzinfo=UTC)
    publish(run(document("a", "The US will send men. It will pay $5 million to Ukraine."), document("b", "It will.")))
    text = 'The US will pay $5 million to Ukraine. He said it "will open, soon, an office".\n\nIt will.'
    second = run(
        document("a", text, alternate_urls=["https://a.org/1", "https://a.org/2"], published_at=late),
        document("c", "It plans to meet.", url=None, publisher="european-council", participants=["USA", "UKR"]),
        happened=[("b", "gone", late)],
        due_text="soon",
        due_start=date(2021, 6, 9),
        due_precision="day",
    )
    undated = ("readouts", "x.html", "no_date", None, None, "No date was found.")
    second.quarantine = pl.DataFrame([undated], schema=polars_schema("quarantine"), orient="row")
    return Path(shutil.copytree(str(publish(second).folder), kept))
