"""The command `pledgebook site`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from publishing import Publisher

from pledgebook.site import build

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def no_notebooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take seconds."""
    monkeypatch.setattr(build, "NOTEBOOKS", [])


def test_it_says_what_it_wrote_and_writes_in_the_place_of_what_was_there(
    pledgebook: Command, book: Publisher, tmp_path: Path
) -> None:
    to = tmp_path / "public"
    done = pledgebook("site", "1.0.0", "--to", to, "--releases", book.place)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith(f"The site of version 1.0.0 is in {to}: ")
    (to / "about" / "old.html").touch()
    (to / "CNAME").write_text("pledgebook.example", "utf-8")
    assert pledgebook("site", "--to", to, "--releases", book.place).returncode == 0
    assert (
        "Version 1.1.0, data as of" in (to / "index.html").read_text("utf-8")
        and not (to / "about" / "old.html").exists()
    )
    assert (to / "CNAME").read_text("utf-8") == "pledgebook.example"


def test_a_version_that_is_not_there_is_wrong_use(pledgebook: Command, book: Publisher, tmp_path: Path) -> None:
    done = pledgebook("site", "9.0.0", "--to", tmp_path / "public", "--releases", book.place)
    assert done.returncode == 2 and "lists no version '9.0.0'" in done.stderr
    assert not (tmp_path / "public").exists()


def test_it_is_served_on_loopback_with_ranges_until_it_is_interrupted(book: Publisher, tmp_path: Path) -> None:
    program = (
        "from pledgebook.site import build; from pledgebook.command_line import main; build.NOTEBOOKS = []; main()"
    )
    command = [sys.executable, "-c", program, "site", "--open", "--to", tmp_path / "public", "--releases", book.place]
    # A browser that shows nothing.
    serving = subprocess.Popen(command, env={**os.environ, "BROWSER": "true"}, stdout=subprocess.PIPE, text=True)
    assert serving.stdout is not None
    try:
        line = next(line for line in serving.stdout if "http://" in line)
        address = line.split()[4]
        assert address.startswith("http://127.0.0.1:")
        with httpx.Client(base_url=address, trust_env=False, timeout=30) as client:
            assert "Pledgebook" in client.get("/").text
            part = client.get("/data/commitments.parquet", headers={"Range": "bytes=0-3"})
            assert (part.status_code, part.content) == (206, b"PAR1")
    finally:
        serving.send_signal(signal.SIGINT)
        code = serving.wait(30)
        serving.stdout.close()
    assert code == 0
