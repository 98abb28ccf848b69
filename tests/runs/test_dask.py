"""A run on a Dask cluster makes what a run on one machine makes, whatever becomes of a worker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from distributed import Client, LocalCluster
from object_store import served
from prefect.settings import PREFECT_API_URL, temporary_settings
from running import run

from benchmarks.synthetic.corpus import document
from flows.build import build
from flows.task_runner import task_runner
from pledgebook.evaluation.quality import measured_quality
from pledgebook.releases.places.folder_place import FolderPlace
from pledgebook.releases.places.index import INDEX
from pledgebook.releases.places.place import Place, open_place
from pledgebook.runs import plan
from pledgebook.runs.reader_hash import reader_hash, refuse_other_reader
from pledgebook.runs.work_area import work_area_at
from pledgebook.sources.errors import WrongUse

ROOT = Path(__file__).parents[2]
ACCEPT = "a book for tests is small"
_PATIENCE = 60


class Cluster(NamedTuple):
    """The address of a scheduler, and the workers that it began with."""

    scheduler: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two workers, each a process with a folder of its own, of which one is killed in the first run; and an object store."""
    folder = tmp_path_factory.mktemp("workers")
    options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--preload", str(ROOT / "tests/runs/dying_worker.py")]
    with served(), LocalCluster(n_workers=0, dashboard_address=None) as scheduler:
        environment = os.environ | {"DIES_ONCE": str(folder / "died"), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "distributed.cli.dask_worker", scheduler.scheduler_address, *options]
        workers = [subprocess.Popen(command, env=environment, cwd=folder) for _ in range(2)]
        try:
            with Client(scheduler, set_as_default=False) as client:
                client.wait_for_workers(2, timeout=_PATIENCE)
            yield Cluster(scheduler.scheduler_address, workers)
        finally:
            for worker in workers:
                worker.kill()
                worker.wait(_PATIENCE)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of documents for several batches; when they were retrieved is told, for it stands in the book."""
    file = tmp_path_factory.mktemp("documents") / "documents.jsonl"
    told = [document(number, seed=7) | {"retrieved_at": "2026-11-01T08:00:00Z"} for number in range(24)]
    file.write_text("\n".join(map(json.dumps, told)), "utf-8")
    return file


@pytest.fixture(scope="module")
def alone(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one machine makes of the documents."""
    folder = tmp_path_factory.mktemp("alone")
    run(folder, documents, quality=measured_quality())
    return published(FolderPlace(folder / "processed"))


@pytest.fixture(autouse=True)
def settings(cluster: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PLEDGEBOOK_DASK_SCHEDULER", cluster.scheduler)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(plan, "BATCH", 4)


def published(place: Place) -> dict[str, bytes]:
    """All that a place publishes, by name."""
    versions = [f"v1.0.0/{name}" for name in place.files("v1.0.0")]
    return {name: place.read(name) for name in [INDEX, "latest.json", "CHANGELOG.md", "feed.xml", *versions]}


def test_a_killed_worker_changes_nothing(
    cluster: Cluster, prefect_server: None, documents: Path, alone: dict[str, bytes], tmp_path: Path
) -> None:
    report = build([str(documents)], raw=str(tmp_path / "raw"), releases=str(tmp_path / "processed"), accept=ACCEPT)
    assert report.read == 24
    assert sorted(worker.poll() or 0 for worker in cluster.workers) == [-signal.SIGKILL, 0]
    assert published(FolderPlace(tmp_path / "processed")) == alone


def test_machines_that_share_only_an_object_store_make_the_same(
    prefect_server: None, documents: Path, alone: dict[str, bytes]
) -> None:
    build([str(documents)], raw="s3://bucket/raw", releases="s3://bucket/processed", accept=ACCEPT)
    assert published(open_place("s3://bucket/processed")) == alone


def test_a_cluster_that_cannot_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with temporary_settings(restore_defaults={PREFECT_API_URL}), pytest.raises(WrongUse, match="set PREFECT_API_URL"):
        task_runner()
    for address in ("tcp://127.0.0.1:9", "nowhere"):
        monkeypatch.setenv("PLEDGEBOOK_DASK_SCHEDULER", address)
        with temporary_settings({PREFECT_API_URL: "http://127.0.0.1:4200/api"}), pytest.raises(WrongUse, match=address):
            task_runner()


def test_a_machine_with_other_sources_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reader = reader_hash()
    refuse_other_reader(reader)
    (tmp_path / "mine.toml").write_text("# a source of my own", "utf-8")
    monkeypatch.setenv("PLEDGEBOOK_SOURCES", str(tmp_path))
    with pytest.raises(WrongUse, match="other sources of its own"):
        refuse_other_reader(reader)


def test_a_machine_without_the_shared_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match=f"has no folder {tmp_path}/elsewhere: machines that work together need"):
        work_area_at(f"{tmp_path}/elsewhere")
