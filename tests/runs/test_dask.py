"""A run on a Dask cluster makes what a run on one machine makes, whatever becomes of a worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from benchmarks.synthetic.corpus import document
from distributed import Client, LocalCluster
from prefect.settings import PREFECT_API_URL, temporary_settings
from running import NOW, run

from flows.build import build
from flows.task_runner import task_runner
from pledgebook.evaluation.quality import measured_quality
from pledgebook.runs import plan
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore

ROOT = Path(__file__).parents[2]
ACCEPT = "a book for tests is small"
_PATIENCE = 60


class Machines(NamedTuple):
    """A scheduler and two workers; marker: the file that is there once a worker has died; deaths: exit codes of the workers so far."""

    scheduler: str
    marker: Path
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    folder = tmp_path_factory.mktemp("machines")
    environment = os.environ | {"DIES_ONCE": str(folder / "died"), "PYTHONPATH": str(ROOT)}
    with LocalCluster(n_workers=0, dashboard_address=None) as scheduler:
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
        command = [sys.executable, "-m", "distributed.cli.dask_worker", scheduler.scheduler_address, *options]
        command += ["--preload", str(Path(__file__).with_name("dying_worker.py"))]
        workers = [subprocess.Popen(command, env=environment, cwd=folder) for _ in range(2)]
        try:
            with Client(scheduler, set_as_default=False) as client:
                client.wait_for_workers(2, timeout=_PATIENCE)
            yield Machines(scheduler.scheduler_address, folder / "died", workers)
        finally:
            for worker in workers:
                worker.kill()
                worker.wait(_PATIENCE)


def files(place: Path) -> dict[str, bytes]:
    """What a place publishes, by name."""
    found = (path for path in place.rglob("*") if path.is_file() and not path.is_relative_to(place / ".work"))
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in found if not path.name.startswith(".")}


def test_a_killed_worker_changes_nothing(
    machines: Machines, prefect_server: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "BATCH", 4)
    told = [json.dumps(document(number, seed=7)) for number in range(24)]
    (tmp_path / "documents.jsonl").write_text("\n".join(told), "utf-8")
    load_documents([tmp_path / "documents.jsonl"], CaptureStore(tmp_path / "raw"), NOW)
    monkeypatch.setenv("PLEDGEBOOK_DASK_SCHEDULER", machines.scheduler)

    report = build(raw=str(tmp_path / "raw"), releases=str(tmp_path / "cluster"), accept=ACCEPT)

    assert sorted(worker.poll() or 0 for worker in machines.workers) == [-9, 0]
    assert report.read == 24
    run(tmp_path, quality=measured_quality())
    assert files(tmp_path / "cluster") == files(tmp_path / "processed")


def test_without_a_server_that_workers_reach_there_is_no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGEBOOK_DASK_SCHEDULER", "tcp://127.0.0.1:8786")
    with temporary_settings(restore_defaults={PREFECT_API_URL}), pytest.raises(WrongUse, match="PREFECT_API_URL"):
        task_runner()
