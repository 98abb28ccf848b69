"""`pledgebook serve` without a server to ask."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings


def test_a_port_that_is_taken_is_told_in_one_line(
    pledgebook: Callable[..., subprocess.CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, temporary_settings(restore_defaults={PREFECT_API_URL}):
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("PREFECT_SERVER_API_PORT", port)
        done = pledgebook("serve")
    (line,) = done.stderr.splitlines()
    assert line.startswith(
        f"pledgebook: no Prefect server can be started at http://127.0.0.1:{port}: Address already in use"
    )
    assert done.returncode == 2
