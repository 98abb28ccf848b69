"""Whole or not at all, whatever is killed when; one publisher at a time; a full disk leaves the old state."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from pledgebook.releases import publication
from pledgebook.releases.errors import PlaceBusy, PublicationFailed, ReleaseError
from pledgebook.releases.places import claim
from pledgebook.releases.places.object_place import ObjectPlace
from pledgebook.releases.places.place import open_place, read_index
from pledgebook.releases.verification import verify_release

FIRST = "The United States will provide $5 million to Ukraine."
SECOND = "The United States will send engineers to the dam."
KILLING = Path(__file__).parent / "killing.py"


def state(place: Path) -> dict[str, bytes]:
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def remote_state(address: str) -> dict[str, bytes]:
    place = ObjectPlace(address)
    names = [f"{folder}/{name}" for folder in place.folders() for name in place.files(folder)]
    return {name: place.read(name) for name in [*names, "index.json", "latest.json", "CHANGELOG.md", "feed.xml"]}


@pytest.fixture
def published(publish, document, run):
    publish(run(document("a", FIRST)))
    return publish


def kills(*arguments: object) -> list[dict]:
    told = subprocess.run([sys.executable, KILLING, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return [json.loads(line) for line in told.stdout.splitlines()]


def assert_old_or_new(told):
    assert [one["torn"] for one in told] == [[]] * len(told)
    listed = [one["listed"] for one in told]
    assert listed.count(["1.0.0"]) + listed.count(["1.0.0", "1.1.0"]) == len(told)
    # Both happened, and the last run, which nobody killed, came through.
    assert listed[0] == ["1.0.0"] and ["1.0.0", "1.1.0"] in listed[:-1] and listed[-1] == ["1.0.0", "1.1.0"]
    assert [one["killed"] for one in told] == [True] * (len(told) - 1) + [False]


# Two hundred kills: each step once, and a quarter of them again upon other leftovers.
@pytest.mark.parametrize(("first", "step"), [(1, 2), (2, 2), (3, 4)])
def test_killed_before_every_change_of_the_disk(published, document, run, second_release, tmp_path, first, step):
    second = run(document("b", SECOND))
    told = kills(published.place, second_release(published), first, step)
    assert len(told) > 150 / step
    assert_old_or_new(told)
    published(second)
    undisturbed = type(published)(tmp_path / "undisturbed")
    undisturbed(run(document("a", FIRST)))
    undisturbed(second)
    assert state(published.place) == state(undisturbed.place)


def test_killed_before_requests_to_an_object_store(remote, document, run, second_release, tmp_path, monkeypatch):
    remote(run(document("a", FIRST)))
    second = run(document("b", SECOND))
    told = kills(remote.address, second_release(remote), 1, 7)
    assert len(told) > 8
    assert_old_or_new(told)
    monkeypatch.setattr(claim, "LEASE", claim.timedelta(0))
    remote(second)
    undisturbed = type(remote)(tmp_path / "undisturbed")
    undisturbed(run(document("a", FIRST)))
    undisturbed(second)
    here = {name: content for name, content in state(undisturbed.place).items() if not name.startswith(".")}
    assert remote_state(remote.address) == here


def test_a_kill_in_the_very_first_publication(publish, document, run, monkeypatch):
    first = run(document("a", FIRST))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("pledgebook.releases.places.folder_place.FolderPlace.commit", interrupted)
        publish(first)
    assert (publish.place / "v1.0.0").exists() and not (publish.place / "index.json").exists()
    assert publish(first).version == "1.0.0"
    assert verify_release(publish.place) == []


def interrupted(*_):
    raise KeyboardInterrupt


FULL = r"Writing version 1.1.0 failed: .* still holds 1.0.0"


def test_a_full_disk_says_so_and_the_old_state_stands(published, document, run, monkeypatch):
    before = state(published.place)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill_the_disk(*_):
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))

    try:
        with monkeypatch.context() as patched, pytest.raises(PublicationFailed, match=FULL):
            patched.setattr(publication, "WRITERS", [fill_the_disk, *publication.WRITERS])
            published(run(document("b", SECOND)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert state(published.place) == before
    assert published(run(document("b", SECOND))).version == "1.1.0"


def test_a_place_that_may_not_be_written_says_so(publish, document, run):
    # The kernel lets nobody make a folder there, not even the superuser.
    publish.address = Path("/sys/kernel/pledgebook")
    with pytest.raises(PublicationFailed, match=r"/sys/kernel/pledgebook cannot be written: "):
        publish(run(document("a", FIRST)))


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


@pytest.mark.parametrize("content", [b"torn", None])
def test_a_previous_version_that_is_not_whole_is_named(published, document, run, content):
    path = published.place / "v1.0.0" / "commitments.parquet"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(ReleaseError, match=r"v1.0.0/commitments.parquet is not as it was published"):
        published(run(document("b", SECOND)))
    assert [entry.version for entry in read_index(open_place(published.place))] == ["1.0.0"]


def test_a_version_that_looks_whole_but_is_another_is_not_built_on(published, document, run):
    path = published.place / "v1.0.0" / "readouts.parquet"
    shutil.copy(published.place / "v1.0.0" / "commitments.parquet", path)
    with pytest.raises(ReleaseError, match=r"readouts.parquet is not as it was published: its sum differs"):
        published(run(document("b", SECOND)))
    assert not (published.place / "v1.1.0").exists()


def test_a_clock_that_jumps_back_moves_no_date_back(published, document, run):
    seen = datetime(2019, 1, 1, tzinfo=UTC)
    assert published(run(document("b", SECOND, retrieved_at=seen))).version == "1.1.0"
    assert [entry.date for entry in read_index(open_place(published.place))] == ["2026-11-01", "2026-11-01"]
    # What was seen when stays as it was noted: only the date of the version does not follow.
    assert published.table("captures").sort("captured_at")["captured_at"][0] == seen
    assert verify_release(published.place) == []
