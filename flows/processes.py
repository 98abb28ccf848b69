"""The server and the worker of Prefect as processes, and their answers."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

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
    """Start a Prefect server on loopback, wait until it answers, and stop it at the end; yields the address of its API.

    Raises NotReady, and NotServed when the port is taken or the server ends.
    """
    address = f"http://127.0.0.1:{port}/api"
    process = start_server(port, environment)
    try:
        wait_for(address, process)
        yield address
    finally:
        end(process)


def start_server(port: int, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a Prefect server on loopback; see `wait_for`. Raises NotServed when the port is taken: what listens there would answer for it."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise NotServed(
            f"no Prefect server can be started at http://127.0.0.1:{port}: {error.strerror}; end what listens there, "
            "set PREFECT_API_URL to its address if it is a Prefect server, or PREFECT_SERVER_API_PORT to another port"
        ) from error
    command = ["server", "start", "--host", "127.0.0.1", "--port", str(port), "--log-level", "WARNING"]
    return started(prefect(*command), environment)


@retry(retry=retry_if_exception_type(NotReady), wait=wait_fixed(0.5), stop=stop_after_delay(_PATIENCE), reraise=True)
def wait_for(address: str, process: subprocess.Popen[bytes] | None = None) -> None:
    """Return when the API answers. Raises NotReady when it never does, NotServed when the server's process has ended."""
    _expect_alive(address, process)
    try:
        httpx.get(f"{address}/health", timeout=5).raise_for_status()
    except httpx.HTTPError as error:
        raise NotReady(f"{address} does not answer") from error
    # Another server may have answered.
    _expect_alive(address, process)


def _expect_alive(address: str, process: subprocess.Popen[bytes] | None) -> None:
    if process and process.poll() is not None:
        raise NotServed(
            f"the Prefect server at {address} ended with exit code {process.returncode}; what it wrote above says why"
        )


def own_port(environment: Mapping[str, str]) -> int:
    """The port for a server of one's own."""
    return int(environment.get("PREFECT_SERVER_API_PORT", "4200"))


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and kill it when it does not."""
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def prefect(*arguments: str) -> list[str]:
    """The command line of Prefect that belongs to this interpreter."""
    return [sys.executable, "-m", "prefect", *arguments]


def started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A process in a session of its own, so that Ctrl-C reaches only the one that stops all others in their order."""
    settings = _SETTINGS | dict(environment)
    return subprocess.Popen(command, env=settings, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True)
