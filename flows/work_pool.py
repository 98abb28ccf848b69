"""The work pool around a worker that starts or ends: no run is left "Running" by a worker that is gone.

Such a run would keep the pool's only place until the automation in deploy/automations.yaml finds it dead.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolUpdate
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    WorkPoolFilter,
    WorkPoolFilterName,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelling, Crashed
from tenacity import (
    RetryCallState,
    RetryError,
    Retrying,
    retry_if_exception_type,
    retry_if_result,
    stop_after_delay,
    wait_fixed,
)

from pledgebook.notifications import failed, notify
from pledgebook.sources.errors import WrongUse

POOL = "pledgebook"
# Workers, and through them runs, are told apart by the machine they are on.
WORKER = platform.node()

_AT_WORK = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
_LEFT = "The worker of this machine ended, and the run with it. The next run goes on from what is stored."
_BETWEEN_LOOKS, _STARTED_WITHIN, _CANCELLED_WITHIN = 1.0, 20.0, 60.0
# A worker writes its name on a run a moment after it has taken it.
_LABEL = "prefect.worker.name"


def open_pool(address: str) -> None:
    """Let the pool give out runs. Those that a worker of this machine left behind are marked "Crashed" first, and told of. Raises WrongUse."""
    with _client(address) as client:
        for run in _left_behind(client):
            client.set_flow_run_state(run.id, Crashed(message=_LEFT), force=True)
            notify([failed(run.name, _LEFT)])
        _pause(client, False)


def close_pool(address: str, patience: float) -> None:
    """Let the pool give out no run, and return when those of this machine have ended.

    One that takes longer than `patience` seconds is cancelled, and so it is at a KeyboardInterrupt. A server that does not answer is asked
    again as long.
    """

    def tell(look: RetryCallState) -> None:
        if look.attempt_number == 1:
            _say(f"Waiting until the run at work ends, {patience:.0f} seconds at most. Ctrl-C cancels it.")

    with _client(address) as client:
        try:
            _wait(client, patience, tell)
        except (RetryError, KeyboardInterrupt):
            runs = _runs_here(client)
            _say(f"Cancelling {_names(runs)}. What it has stored stays; the next run goes on from there.")
            for run in runs:
                client.set_flow_run_state(run.id, Cancelling())
            # What does not even end then goes with the worker.
            with suppress(RetryError):
                _wait(client, _CANCELLED_WITHIN)


def is_alive(run: FlowRun) -> bool:
    """Whether the process of a run of this machine is there; True where the system does not tell.

    Its environment names the run: a number of a process is given again, often after a restart of the machine.
    """
    if not Path("/proc").is_dir():
        return True
    try:
        return str(run.id).encode() in Path("/proc", run.infrastructure_pid or "none", "environ").read_bytes()
    except OSError:
        return False


@contextmanager
def _client(address: str) -> Iterator[SyncPrefectClient]:
    with temporary_settings({PREFECT_API_URL: address}), get_client(sync_client=True) as client:
        yield client


def _runs_here(client: SyncPrefectClient) -> list[FlowRun]:
    """The runs that a worker of this machine has begun and that have not ended; one that no worker has put its name on yet counts too."""
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=_AT_WORK))
    runs = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=state),
        work_pool_filter=WorkPoolFilter(name=WorkPoolFilterName(any_=[POOL])),
    )
    return [run for run in runs if run.labels.get(_LABEL, WORKER) == WORKER]


def _left_behind(client: SyncPrefectClient) -> list[FlowRun]:
    """The runs of this machine whose process is gone.

    A run that another worker has only just taken has no process yet: it is looked at again until it has one, for a short while. Without
    a name on it nobody knows whose it is.
    """
    looks: Retrying = Retrying(
        retry=retry_if_result(lambda dead: any(run.infrastructure_pid is None for run in dead)),
        wait=wait_fixed(_BETWEEN_LOOKS),
        stop=stop_after_delay(_STARTED_WITHIN),
        before_sleep=lambda look: _say("Waiting until each run has its process.") if look.attempt_number == 1 else None,
        retry_error_callback=lambda look: look.outcome.result() if look.outcome else [],
    )
    found: list[FlowRun] = looks(_dead, client)
    return found


def _dead(client: SyncPrefectClient) -> list[FlowRun]:
    return [run for run in _runs_here(client) if _LABEL in run.labels and not is_alive(run)]


def _wait(client: SyncPrefectClient, patience: float, tell: Callable[[RetryCallState], None] | None = None) -> None:
    """Return when no run of this machine is at work any more; raises RetryError when that takes longer than `patience` seconds.

    tell: is called when the runs have been looked at and there is something to wait for.
    """
    looks = Retrying(
        retry=retry_if_result(bool) | retry_if_exception_type(httpx.HTTPError),
        wait=wait_fixed(_BETWEEN_LOOKS),
        stop=stop_after_delay(patience),
        before_sleep=tell,
    )
    looks(_at_work_behind_closed_pool, client)


def _at_work_behind_closed_pool(client: SyncPrefectClient) -> list[FlowRun]:
    """Close the pool, and return the runs of this machine: a server that did not answer before has not heard of it yet."""
    _pause(client, True)
    return _runs_here(client)


def _pause(client: SyncPrefectClient, paused: bool) -> None:
    try:
        client.update_work_pool(POOL, WorkPoolUpdate(is_paused=paused))
    except ObjectNotFound as error:
        told = f"the server at {client.api_url} has no work pool {POOL}"
        raise WrongUse(f"{told}; make it by: python -m flows.local_server register") from error


def _names(runs: Sequence[FlowRun]) -> str:
    return " and ".join(f"the run {run.name}" for run in runs)


def _say(line: str) -> None:
    print(line, flush=True)
