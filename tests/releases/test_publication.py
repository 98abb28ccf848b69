"""Whole or not at all, whatever is killed when; one publisher at a time; a full disk leaves the old state."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from pledgebook.releases import publication, verify_release
from pledgebook.releases.errors import PlaceBusy, PublicationFailed, ReleaseError
from pledgebook.releases.place import read_index

FIRST = "The United States will provide $5 million to Ukraine."
SECOND = "The United States will send engineers to the dam."


class Killed(BaseException):
    """Stands for the end of the process: no code of ours may catch it."""


def die(*_: object) -> None:
    raise Killed


def state(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.fixture
def published(publish, document, run):
    publish(run(document("a", FIRST)))
    return publish


@pytest.fixture
def undisturbed(published, document, run, tmp_path):
    """What the place holds when the second version is published without a fault."""
    copy = tmp_path / "copy"
    shutil.copytree(published.place, copy)
    published(run(document("b", SECOND)))
    expected = state(published.place)
    shutil.rmtree(published.place)
    copy.rename(published.place)
    return expected


def assert_old_or_new_and_the_next_run_mends(published, second, undisturbed):
    listed = [entry.version for entry in read_index(published.place)]
    assert listed in (["1.0.0"], ["1.0.0", "1.1.0"])
    assert published.table("readouts").height == len(listed)
    published(second)
    assert state(published.place) == undisturbed


def test_killed_between_any_two_steps(published, document, run, undisturbed, tmp_path, monkeypatch):
    second, steps, before = run(document("b", SECOND)), list(publication.STEPS), tmp_path / "before"
    shutil.copytree(published.place, before)
    for position in range(len(steps) + 1):
        shutil.rmtree(published.place)
        shutil.copytree(before, published.place)
        with monkeypatch.context() as patch, pytest.raises(Killed):
            patch.setattr(publication, "STEPS", [*steps[:position], die, *steps[position:]])
            published(second)
        assert_old_or_new_and_the_next_run_mends(published, second, undisturbed)


@pytest.mark.parametrize("waits", [2, 3, 5])
def test_killed_while_the_last_files_are_put_in_place(published, document, run, undisturbed, monkeypatch, waits):
    """The waits for the disk after the version has its name: its folder, the index, latest.json, the changelog."""
    fsync, after_move = os.fsync, []

    def failing(handle: int) -> None:
        fsync(handle)
        after_move.extend([handle] if (published.place / "v1.1.0").exists() else [])
        if len(after_move) == waits:
            raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(os, "fsync", failing)
        published(run(document("b", SECOND)))
    assert_old_or_new_and_the_next_run_mends(published, run(document("b", SECOND)), undisturbed)


def test_a_process_that_is_really_killed(published, document, run, undisturbed):
    script = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from conftest import Publisher, Run, readout
from pledgebook.releases import publication
publication.STEPS.insert(8, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
Publisher(Path({str(published.place.parent)!r}))(Run(readout("b", {SECOND!r})))
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert (published.place / "v1.1.0").exists()
    assert_old_or_new_and_the_next_run_mends(published, run(document("b", SECOND)), undisturbed)


def test_a_kill_in_the_very_first_publication(publish, document, run, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(publication, "STEPS", [*publication.STEPS[:8], die])
        publish(run(document("a", FIRST)))
    assert publish(run(document("a", FIRST))).version == "1.0.0"
    assert verify_release(publish.place) == []


def test_a_full_disk_says_so_and_the_old_state_stands(published, document, run):
    before = state(published.place)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(PublicationFailed, match=r"Writing version 1.1.0 failed: .* still holds 1.0.0"):
            published(run(document("b", SECOND)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert state(published.place) == before
    assert published(run(document("b", SECOND))).version == "1.1.0"


def test_a_second_publisher_is_told_to_wait(published, document, run):
    with FileLock(published.place / ".lock"), pytest.raises(PlaceBusy, match="Another run is publishing"):
        published(run(document("b", SECOND)))
    assert published(run(document("b", SECOND))).version == "1.1.0"


def test_versions_without_an_index_are_not_taken_for_leftovers(published, document, run):
    published(run(document("b", SECOND)))
    (published.place / "index.json").unlink()
    with pytest.raises(ReleaseError, match=r"holds versions but no index.json"):
        published(run(document("b", SECOND)))
    assert (published.place / "v1.1.0").exists()


def test_an_index_that_cannot_be_understood_is_named(published, document, run):
    (published.place / "index.json").write_text("{")
    with pytest.raises(ReleaseError, match=r"index.json cannot be understood"):
        published(run(document("b", SECOND)))


def test_a_previous_version_that_cannot_be_read_is_named(published, document, run):
    (published.place / "v1.0.0" / "commitments.parquet").write_bytes(b"torn")
    with pytest.raises(ReleaseError, match=r"previous version 1.0.0 .* cannot be read"):
        published(run(document("b", SECOND)))
