"""Where the steps of a run are done: in processes of this machine."""

from __future__ import annotations

import os
import signal
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner


def task_runner() -> TaskRunner[Any]:
    """A process for each processor; `PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS` asks for another number."""
    return ProcessPoolTaskRunner(initializer=end_with_the_run)


def end_with_the_run() -> None:
    """Let the process that calls this end as soon as the run does, however that ends; Ctrl-C is for the run alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
