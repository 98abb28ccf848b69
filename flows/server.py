"""Prefect's temporary server, which a run starts when no other is configured.

Its code is loaded only where it is used: the processes that read have no server of their own, and loading it takes half of their start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings


@contextmanager
def shared_with_processes() -> Iterator[None]:
    """Let the processes that are started meanwhile use the temporary server of this one; else each would start a server of its own."""
    address = _temporary_address()
    with temporary_settings({PREFECT_API_URL: address}) if address else nullcontext():
        yield


def stop_temporary_server() -> None:
    """End the temporary server of this process, if there is one."""
    from prefect.server.api.server import SubprocessASGIServer

    SubprocessASGIServer().stop()


def _temporary_address() -> str | None:
    """The address of the temporary server; None where another is configured, or none runs."""
    if get_current_settings().api.url is not None:
        return None
    from prefect.server.api.server import SubprocessASGIServer

    server = SubprocessASGIServer()
    return server.api_url if server.running else None
