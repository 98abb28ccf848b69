"""Prefect's temporary server, which a run starts when no other is configured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prefect.server.api.server import SubprocessASGIServer
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings


@contextmanager
def shared_with_processes() -> Iterator[None]:
    """Let the processes that are started meanwhile use the temporary server of this one; else each would start a server of its own."""
    server = SubprocessASGIServer()
    if get_current_settings().api.url is None and server.running:
        with temporary_settings({PREFECT_API_URL: server.api_url}):
            yield
    else:
        yield


def stop_temporary_server() -> None:
    """End the temporary server of this process, if there is one."""
    SubprocessASGIServer().stop()
