"""Where the steps of a run are done: in processes of this machine, or by the workers of a Dask cluster."""

from __future__ import annotations

import os
import signal
import socket
from importlib import import_module
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any

from prefect.settings import get_current_settings
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner
from pydantic_settings import BaseSettings, SettingsConfigDict

from pledgebook.garbage import left_at_the_end, not_collected
from pledgebook.sources.errors import WrongUse

_PATIENCE = 10


class ClusterSettings(BaseSettings):
    """dask_scheduler (`PLEDGEBOOK_DASK_SCHEDULER`): address of the scheduler of a Dask cluster, as tcp://10.0.0.5:8786; without it no cluster works."""

    model_config = SettingsConfigDict(env_prefix="PLEDGEBOOK_", env_ignore_empty=True, frozen=True)

    dask_scheduler: str = ""


def task_runner() -> TaskRunner[Any]:
    """The cluster that the environment names, else this machine. Raises WrongUse when the cluster cannot work."""
    scheduler = ClusterSettings().dask_scheduler
    return cluster(scheduler) if scheduler else processes()


def processes() -> TaskRunner[Any]:
    """A process for each processor; `PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS` asks for another number."""
    return ProcessPoolTaskRunner(initializer=prepare)


def cluster(scheduler: str) -> TaskRunner[Any]:
    """The workers that the scheduler at an address knows."""
    try:
        from distributed.comm.addressing import get_address_host_port
        from prefect_dask.task_runners import DaskTaskRunner
    except ModuleNotFoundError as error:
        raise WrongUse(
            "PLEDGEBOOK_DASK_SCHEDULER asks for a Dask cluster, and prefect-dask is not installed; "
            "install the extra: pip install --constraint constraints.txt '.[dask]'"
        ) from error
    # Without it every worker would start a server of its own for each step, and no run would show what they did.
    if get_current_settings().api.url is None:
        raise WrongUse(
            "PLEDGEBOOK_DASK_SCHEDULER asks for a Dask cluster, whose workers need a Prefect server that all of them reach: "
            "start one (`make server`) and set PREFECT_API_URL to its address"
        )
    try:
        socket.create_connection(get_address_host_port(scheduler), timeout=_PATIENCE).close()
    except (OSError, ValueError) as error:
        raise WrongUse(f"PLEDGEBOOK_DASK_SCHEDULER is {scheduler}, and no scheduler of Dask answers there") from error
    runner: TaskRunner[Any] = DaskTaskRunner(address=scheduler)
    return runner


def prepare() -> None:
    """Let the process that calls this end as soon as the run does, however that ends, and load what it needs; Ctrl-C is for the run alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_wait_and_end, daemon=True).start()
    left_at_the_end()
    with not_collected():
        import_module("flows.read")


def _wait_and_end() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
