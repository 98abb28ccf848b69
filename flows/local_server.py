"""A Prefect server, work pool and worker on this machine, with the deployments registered: `make server`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

ROOT = Path(__file__).parents[1]
POOL = "pledgebook"
# A run has its place by a lease, which it renews every few minutes; when that is refused, it ends. A server that keeps leases in memory
# alone refuses them all after a restart.
_KEEPING_LEASES = {"PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem"}
_PATIENCE = 120


class NotReady(Exception):
    """The server does not answer yet."""


@contextmanager
def server(port: int, environment: Mapping[str, str]) -> Iterator[str]:
    """Start a Prefect server on loopback, wait until it answers, and stop it at the end; yields the address of its API."""
    address = f"http://127.0.0.1:{port}/api"
    process = start_server(port, environment)
    try:
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def start_server(port: int, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a Prefect server on loopback; see `wait_for`."""
    command = ["server", "start", "--host", "127.0.0.1", "--port", str(port), "--log-level", "WARNING"]
    return subprocess.Popen(prefect(*command), env=_KEEPING_LEASES | dict(environment))


@retry(retry=retry_if_exception_type(NotReady), wait=wait_fixed(0.5), stop=stop_after_delay(_PATIENCE), reraise=True)
def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the API answers. Raises NotReady when it never does, RuntimeError when the server has ended."""
    if process.poll() is not None:
        raise RuntimeError(
            f"the Prefect server ended with exit code {process.returncode}; what it wrote above says why"
        )
    try:
        httpx.get(f"{address}/health", timeout=5).raise_for_status()
    except httpx.HTTPError as error:
        raise NotReady(f"{address} does not answer") from error


def register(address: str, environment: Mapping[str, str]) -> None:
    """Make the work pool, which takes one run at a time, the deployments of `prefect.yaml`, and the automations."""
    known = dict(environment) | {"PREFECT_API_URL": address}
    for command in (
        ["prefect", "work-pool", "create", POOL, "--type", "process", "--overwrite"],
        ["prefect", "work-pool", "set-concurrency-limit", POOL, "1"],
        ["prefect", "--no-prompt", "deploy", "--all"],
        ["flows.automations", "deploy/automations.yaml"],
    ):
        subprocess.run([sys.executable, "-m", *command], env=known, cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


def worker(address: str, environment: Mapping[str, str], *options: str) -> subprocess.Popen[bytes]:
    """Start a worker of the pool."""
    command = prefect("worker", "start", "--pool", POOL, "--type", "process", *options)
    return subprocess.Popen(command, env=dict(environment) | {"PREFECT_API_URL": address}, cwd=ROOT)


def prefect(*arguments: str) -> list[str]:
    """The command line of Prefect that belongs to this interpreter."""
    return [sys.executable, "-m", "prefect", *arguments]


def main() -> None:
    """Serve until Ctrl-C."""
    environment = os.environ | {"PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    port = int(environment.get("PREFECT_SERVER_API_PORT", "4200"))
    with server(port, environment) as address:
        register(address, environment)
        print(f"Runs, schedules and results: {address.removesuffix('/api')}", flush=True)
        working = worker(address, environment)
        try:
            working.wait()
        except KeyboardInterrupt:
            working.wait(_PATIENCE)


if __name__ == "__main__":
    main()
