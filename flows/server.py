"""Prefect's temporary server, which a run starts when no other is configured."""

from __future__ import annotations

from prefect.server.api.server import SubprocessASGIServer


def stop_temporary_server() -> None:
    """End the temporary server of this process, if there is one."""
    SubprocessASGIServer().stop()
