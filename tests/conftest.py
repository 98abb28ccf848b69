"""What all tests share: helper modules beside the tests can be imported, Prefect serves once and calls nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
for folder in (TESTS / "extraction", TESTS / "releases", TESTS / "runs", TESTS / "sources"):
    sys.path.insert(0, str(folder))

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """A real Prefect server for all tests of flows; its start takes a dozen seconds."""
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def pledgebook(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command in this process, since another one takes seconds to start; an error that is not told would be raised here."""
    from pledgebook.command_line import main

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        words = ["pledgebook", *map(str, arguments)]
        with monkeypatch.context() as patch, pytest.raises(SystemExit) as ended:
            patch.setattr(sys, "argv", words)
            patch.chdir(TESTS.parent)
            main()
        code = ended.value.code
        return subprocess.CompletedProcess(words, code if isinstance(code, int) else 0, *capfd.readouterr())

    return run


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents, which a bare clone has not."""
    folder = TESTS.parent.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared, the folder of real documents beside the checkout")
    return folder
