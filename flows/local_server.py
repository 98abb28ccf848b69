"""A Prefect server, work pool and worker on this machine, with the deployments registered: `make server`.

    python -m flows.local_server             all of it, until Ctrl-C
    python -m flows.local_server register    only make known to the server what `prefect.yaml` and deploy/automations.yaml describe
    python -m flows.local_server work        only a worker, until SIGTERM or Ctrl-C; other options are those of `prefect worker start`

The last two are for machines on which systemd or containers start each part; they ask the server that PREFECT_API_URL names.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Mapping

import httpx
from prefect.settings import PREFECT_API_URL

from flows.processes import ROOT, NotReady, NotServed, end, own_port, prefect, server, started, wait_for
from flows.work_pool import POOL, WORKER, close_pool, open_pool
from pledgebook.sources.errors import WrongUse


def register(address: str, environment: Mapping[str, str]) -> None:
    """Make the work pool, which takes one run at a time, the deployments of `prefect.yaml`, and the automations. Raises NotServed."""
    known = dict(environment) | {"PREFECT_API_URL": address}
    for command in (
        ["prefect", "work-pool", "create", POOL, "--type", "process", "--overwrite"],
        ["prefect", "work-pool", "set-concurrency-limit", POOL, "1"],
        ["prefect", "--no-prompt", "deploy", "--all"],
        ["flows.automations", "deploy/automations.yaml"],
    ):
        # What Prefect says of a success is advice for other set-ups than this one.
        done = subprocess.run(
            [sys.executable, "-m", *command],
            env=known,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise NotServed(f"{' '.join(command)} failed at {address}:\n{done.stdout}{done.stderr}")


def worker(address: str, environment: Mapping[str, str], *options: str) -> subprocess.Popen[bytes]:
    """Start a worker of the pool."""
    command = prefect("worker", "start", "--pool", POOL, "--type", "process", "--name", WORKER, *options)
    return started(command, dict(environment) | {"PREFECT_API_URL": address})


def work(address: str, environment: Mapping[str, str], patience: float, *options: str) -> int:
    """Keep a worker at work until it is to stop; returns its exit code.

    At a KeyboardInterrupt it takes no new run, and ends when the one at work has; that is cancelled after `patience` seconds.
    """
    open_pool(address)
    working = worker(address, environment, *options)
    try:
        return working.wait()
    except KeyboardInterrupt:
        close_pool(address, patience)
        return 0
    finally:
        try:
            end(working)
        finally:
            # Whatever happened here, workers of other machines go on.
            open_pool(address)


def everything(environment: Mapping[str, str], patience: float, *options: str) -> int:
    """Start a server, register, and work, until a KeyboardInterrupt; returns the exit code of the worker."""
    with server(own_port(environment), environment) as address:
        register(address, environment)
        print(f"Runs, schedules and results: {address.removesuffix('/api')} (Ctrl-C stops)", flush=True)
        return work(address, environment, patience, *options)


def command_line() -> argparse.ArgumentParser:
    """What the command understands; options that it does not know are for the worker."""
    parser = argparse.ArgumentParser(prog="python -m flows.local_server", description=str(__doc__).splitlines()[0])
    parser.add_argument("task", nargs="?", choices=["all", "register", "work"], default="all")
    parser.add_argument("--patience", type=float, default=600, help="seconds that a run is given to end (600)")
    return parser


def main() -> int:
    """Do what the command line asks for; returns the exit code."""
    told, options = command_line().parse_known_args()
    # A service manager asks by SIGTERM for what a person asks for by Ctrl-C.
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, signal.default_int_handler)
    try:
        if told.task == "all":
            return everything(os.environ, told.patience, *options)
        address = PREFECT_API_URL.value()
        if not address:
            raise NotServed("PREFECT_API_URL names no server; set it, as in http://127.0.0.1:4200/api")
        wait_for(address)
        if told.task == "work":
            return work(address, os.environ, told.patience, *options)
        register(address, os.environ)
    except KeyboardInterrupt:
        return 130
    except (NotReady, NotServed, WrongUse, httpx.HTTPError) as error:
        print(f"pledgebook: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
