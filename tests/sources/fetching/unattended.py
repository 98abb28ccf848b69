"""The deployments as they run unattended: a Prefect server and a worker, both real, that ask the test site."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId
from prefect.client.schemas.objects import FlowRun
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

from flows.local_server import register, worker
from flows.processes import start_server, wait_for

Answer = TypeVar("Answer")


def patiently(ask: Callable[[], Answer]) -> Answer:
    """The first answer that is not empty."""
    asking = retry(retry=retry_if_result(lambda answer: not answer), wait=wait_fixed(0.2), stop=stop_after_delay(120))
    return asking(ask)()


class Served:
    """A Prefect server with the deployments of prefect.yaml, whose schedules wait; `planned` are the runs that these had planned."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self._port}/api"
        self.environment = os.environ | {"PREFECT_HOME": str(folder), "PREFECT_WORKER_QUERY_SECONDS": "1"}
        self.environment.pop("PREFECT_API_URL", None)
        self.client = SyncPrefectClient(self.address)
        self.planned: list[FlowRun] = []

    def start(self) -> None:
        self._process = start_server(self._port, self.environment)
        wait_for(self.address, self._process)

    def register(self) -> None:
        register(self.address, self.environment)
        self.planned = patiently(self.client.read_flow_runs)
        for deployment in self.client.read_deployments():
            self.client.pause_deployment(deployment.id)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(120)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(120)


@dataclass
class Unattended:
    """The deployments at work in a folder. settings: those of the worker; received: the notifications."""

    server: Served
    folder: Path
    settings: Mapping[str, str]
    received: list[dict[str, Any]]

    @contextmanager
    def working(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker that does what is asked for."""
        process = worker(self.server.address, self.server.environment | self.settings)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(120)

    def request(self, deployment: str, **parameters: Any) -> UUID:
        """Ask for a run of a deployment; returns its number."""
        told = {"source": ["norland"], "raw": str(self.folder / "raw"), **parameters}
        found = self.server.client.read_deployment_by_name(f"update/{deployment}")
        return self.server.client.create_flow_run_from_deployment(found.id, parameters=told).id

    def run(self, deployment: str, **parameters: Any) -> FlowRun:
        """The run of a deployment that was asked for, once it has ended."""
        return self.ended(self.request(deployment, **parameters))

    def ended(self, number: UUID) -> FlowRun:
        """A run once it has ended."""
        patiently(lambda: state(self.server.client.read_flow_run(number)).is_final())
        return self.server.client.read_flow_run(number)

    def kill_with_its_run(self, process: subprocess.Popen[bytes], number: UUID) -> None:
        """Kill a worker and a run of its, as when their machine goes down."""
        run = self.server.client.read_flow_run(number)
        for one in (process.pid, int(run.infrastructure_pid or "")):
            os.kill(one, signal.SIGKILL)

    def artifacts(self, run: FlowRun) -> dict[str, Any]:
        """What a run shows, by key."""
        about = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
        return {str(found.key): found.data for found in self.server.client.read_artifacts(artifact_filter=about)}


def state(run: FlowRun) -> Any:
    assert run.state is not None
    return run.state
