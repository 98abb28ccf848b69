"""A worker that is stopped leaves no run "Running": the run ends, or is cancelled, or is marked once its worker is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

import httpx
import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import FlowRun
from prefect.settings import PREFECT_API_URL
from prefect.states import Completed, Running
from prefect.workers.process import ProcessWorker
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

from flows.work_pool import POOL, WORKER, close_pool, open_pool
from pledgebook.sources.errors import WrongUse

from .waiting import waiting

HERE = Path(__file__).parent
until_true = retry(retry=retry_if_result(lambda done: not done), wait=wait_fixed(0.1), stop=stop_after_delay(120))


@pytest.fixture
def client(prefect_server: None) -> Iterator[SyncPrefectClient]:
    """Asks a server that has the work pool."""
    template = ProcessWorker.get_default_base_job_template()
    pool = WorkPoolCreate(name=POOL, type="process", base_job_template=template, concurrency_limit=1)
    with get_client(sync_client=True) as asking:
        asking.create_work_pool(pool)
        yield asking
        # With it go the places that runs of a test still have.
        asking.delete_work_pool(POOL)


@pytest.fixture
def address(prefect_server: None) -> str:
    return str(PREFECT_API_URL.value())


def deployed(client: SyncPrefectClient) -> UUID:
    flow = client.create_flow(waiting)
    steps = [{"prefect.deployments.steps.set_working_directory": {"directory": str(HERE)}}]
    return client.create_deployment(
        flow, "waiting", work_pool_name=POOL, entrypoint="waiting.py:waiting", pull_steps=steps
    )


def left(client: SyncPrefectClient, worker: str) -> UUID:
    """A run that is "Running" at that worker, as far as the server knows."""
    labels = {"prefect.worker.name": worker}
    return client.create_flow_run_from_deployment(deployed(client), state=Running(), labels=labels).id


def state(client: SyncPrefectClient, run: UUID) -> str:
    found = client.read_flow_run(run).state
    assert found is not None
    return found.name


def is_closed(client: SyncPrefectClient) -> bool:
    return client.read_work_pool(POOL).is_paused


def test_a_worker_asked_to_stop_waits_for_its_run_and_cancels_it_when_asked_again(
    client: SyncPrefectClient, address: str, tmp_path: Path
) -> None:
    run = client.create_flow_run_from_deployment(deployed(client), parameters={"folder": str(tmp_path)}).id
    environment = os.environ | {"PREFECT_API_URL": address, "PREFECT_WORKER_QUERY_SECONDS": "0.5"}
    command = [sys.executable, "-m", "flows.local_server", "work"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as working:
        assert working.stdout is not None
        until_true((tmp_path / "began").exists)()
        working.send_signal(signal.SIGTERM)
        assert any("Waiting until the run" in line for line in working.stdout)
        assert is_closed(client), "no run begins any more"
        assert state(client, run) == "Running"
        working.send_signal(signal.SIGTERM)
        assert any("Cancelling the run" in line for line in working.stdout)
        assert working.wait(120) == 0
    assert state(client, run) == "Cancelled"
    assert not is_closed(client), "workers of other machines go on"


def test_a_closing_pool_waits_for_the_runs_of_this_machine_alone(
    client: SyncPrefectClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = left(client, WORKER), left(client, "another-machine")
    ask, failures = SyncPrefectClient.read_flow_runs, [httpx.ConnectError("the server starts again")]

    def once_in_vain(asking: SyncPrefectClient, **filters: Any) -> list[FlowRun]:
        if failures:
            raise failures.pop()
        return ask(asking, **filters)

    monkeypatch.setattr(SyncPrefectClient, "read_flow_runs", once_in_vain)
    closing = Thread(target=close_pool, args=(address, 120))
    closing.start()
    until_true(lambda: is_closed(client) and not failures)()
    assert closing.is_alive()
    client.set_flow_run_state(here, Completed())
    closing.join(60)
    assert not closing.is_alive()
    assert [state(client, run) for run in (here, elsewhere)] == ["Completed", "Running"]


def test_what_a_dead_worker_left_running_is_marked_and_what_lives_or_is_elsewhere_is_left(
    client: SyncPrefectClient, address: str
) -> None:
    alive, dead, elsewhere = left(client, WORKER), left(client, WORKER), left(client, "another-machine")
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, env={"PREFECT__FLOW_RUN_ID": str(alive)}) as process:
        # The number of a process that is gone may be that of another one by now.
        for run in (alive, dead):
            client.update_flow_run(run, infrastructure_pid=str(process.pid))
        open_pool(address)
        assert [state(client, run) for run in (alive, dead, elsewhere)] == ["Running", "Crashed", "Running"]
        process.communicate()
    # One that nobody has put a name on may be that of another machine.
    unnamed = client.create_flow_run_from_deployment(deployed(client), state=Running()).id
    open_pool(address)
    assert [state(client, run) for run in (alive, dead, elsewhere)] == ["Crashed", "Crashed", "Running"]
    assert state(client, unnamed) == "Running"


def test_a_run_that_was_only_just_taken_is_given_time_to_start(
    client: SyncPrefectClient, address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    run = left(client, WORKER)
    opening = Thread(target=open_pool, args=(address,))
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, env={"PREFECT__FLOW_RUN_ID": str(run)}) as process:
        opening.start()
        until_true(lambda: "Waiting until each run has its process" in capfd.readouterr().out)()
        client.update_flow_run(run, infrastructure_pid=str(process.pid))
        opening.join(60)
        assert state(client, run) == "Running"
        process.communicate()


def test_a_worker_without_a_pool_is_told_what_to_do(prefect_server: None, address: str) -> None:
    with pytest.raises(WrongUse, match="no work pool pledgebook; make it by"):
        open_pool(address)
