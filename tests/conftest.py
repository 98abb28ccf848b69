"""What all tests share: helper modules beside the tests can be imported, Prefect serves once and calls nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
for folder in (TESTS / "extraction", TESTS / "releases", TESTS / "runs", TESTS / "site", TESTS / "sources"):
    sys.path.insert(0, str(folder))

LONGEST = {"test_schedule.py", "test_postgresql.py", "test_command_line.py", "test_same_bytes.py"}

os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_LOGGING_LEVEL", "CRITICAL")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first, so that in the end no worker waits for the last of them."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session", autouse=True)
def no_wait_for_the_disk() -> Iterator[None]:
    """Whether something has reached the disk shows only when the power goes, and no test cuts that; the waits take minutes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: None)
        yield


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
        # As the interpreter has it: a text is written, and counts as a failure.
        number = 0 if code is None else code if isinstance(code, int) else 1
        return subprocess.CompletedProcess(words, number, *capfd.readouterr())

    return run


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents, which a bare clone has not."""
    folder = TESTS.parent.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared, the folder of real documents beside the checkout")
    return folder
