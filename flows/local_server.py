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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
from prefect.settings import PREFECT_API_URL
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from flows.work_pool import POOL, WORKER, close_pool, open_pool
from pledgebook.sources.errors import WrongUse

ROOT = Path(__file__).parents[1]
_PATIENCE = 120
# Prefect asks a person at a terminal nothing, and tells nobody that it is used.
# A run has its place by a lease, which it renews every few minutes; when that is refused, it ends. A server that keeps leases in memory
# alone refuses them all after a restart.
_SETTINGS = {
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
}


class NotReady(Exception):
    """The server does not answer yet."""


class NotServed(Exception):
    """The server ended, or did not do what it was asked for; the message says why."""


@contextmanager
def server(port: int, environment: Mapping[str, str]) -> Iterator[str]:
    """Start a Prefect server on loopback, wait until it answers, and stop it at the end; yields the address of its API."""
    address = f"http://127.0.0.1:{port}/api"
    process = start_server(port, environment)
    try:
        wait_for(address, process)
        yield address
    finally:
        end(process)


def start_server(port: int, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a Prefect server on loopback; see `wait_for`."""
    command = ["server", "start", "--host", "127.0.0.1", "--port", str(port), "--log-level", "WARNING"]
    return _started(prefect(*command), environment)


@retry(retry=retry_if_exception_type(NotReady), wait=wait_fixed(0.5), stop=stop_after_delay(_PATIENCE), reraise=True)
def wait_for(address: str, process: subprocess.Popen[bytes] | None = None) -> None:
    """Return when the API answers. Raises NotReady when it never does, NotServed when the server's process has ended."""
    if process and process.poll() is not None:
        raise NotServed(f"the Prefect server ended with exit code {process.returncode}; what it wrote above says why")
    try:
        httpx.get(f"{address}/health", timeout=5).raise_for_status()
    except httpx.HTTPError as error:
        raise NotReady(f"{address} does not answer") from error


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
    return _started(command, dict(environment) | {"PREFECT_API_URL": address})


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


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and kill it when it does not."""
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def own_port(environment: Mapping[str, str]) -> int:
    """The port for a server of one's own."""
    return int(environment.get("PREFECT_SERVER_API_PORT", "4200"))


def prefect(*arguments: str) -> list[str]:
    """The command line of Prefect that belongs to this interpreter."""
    return [sys.executable, "-m", "prefect", *arguments]


def _started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A process in a session of its own, so that Ctrl-C reaches only the one that stops all others in their order."""
    settings = _SETTINGS | dict(environment)
    return subprocess.Popen(command, env=settings, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)


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
