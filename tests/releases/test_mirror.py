"""All versions copied to another place, each file checked."""

from __future__ import annotations

import shutil
import sys

import pytest

from pledgebook.command_line import main
from pledgebook.releases.errors import PublicationFailed, ReleaseError
from pledgebook.releases.mirror import mirror_releases
from pledgebook.releases.places.bucket import StoreFailed
from pledgebook.releases.places.object_place import ObjectPlace
from pledgebook.releases.places.place import open_place, read_index
from pledgebook.releases.places.published import read_table
from pledgebook.releases.verification import verify_release
from pledgebook.releases.withdraw import withdraw_version
from pledgebook.sources.errors import WrongUse

ONE, TWO = "The United States will provide $5 million to Ukraine.", "The United States will send engineers to the dam."


@pytest.fixture
def two(publish, document, run):
    publish(run(document("a", ONE)))
    publish(run(document("a", ONE), document("b", TWO)))
    return publish


def everything(address):
    place = open_place(address)
    names = [f"{folder}/{name}" for folder in place.folders() for name in place.files(folder)]
    return {name: place.read(name) for name in [*names, "index.json", "latest.json", "CHANGELOG.md", "feed.xml"]}


def test_from_a_folder_to_an_object_store_and_back(two, remote, tmp_path):
    assert mirror_releases(two.place, remote.address) == (2, 0, 0)
    assert mirror_releases(remote.address, tmp_path / "again") == (2, 0, 0)
    assert everything(two.place) == everything(remote.address) == everything(tmp_path / "again")
    assert verify_release(remote.address, "1.0.0") == verify_release(tmp_path / "again") == []


def test_only_what_is_missing_is_copied_and_marks_follow(two, document, run, tmp_path):
    mirror_releases(two.place, tmp_path / "copy")
    withdraw_version(two.place, "1.1.0", "made by mistake")
    two(run(document("c", "The United States will plant trees.")))
    assert mirror_releases(two.place, tmp_path / "copy") == (1, 2, 0)
    assert everything(two.place) == everything(tmp_path / "copy")
    assert read_table(tmp_path / "copy", "readouts").height == 2


def test_a_source_that_is_not_whole_is_named_and_the_copy_stays_as_it_was(two, document, run, tmp_path):
    mirror_releases(two.place, tmp_path / "copy")
    two(run(document("c", "The United States will plant trees.")))
    (two.place / "v1.2.0" / "csv" / "readouts.csv").write_text("torn")
    with pytest.raises(ReleaseError, match=r"1.2.0 was not copied: .*readouts.csv is not the file that was published"):
        mirror_releases(two.place, tmp_path / "copy")
    assert [entry.version for entry in read_index(open_place(tmp_path / "copy"))] == ["1.0.0", "1.1.0"]


@pytest.mark.parametrize("damage", ["a file is gone", "a file is another", "the folder is gone"])
def test_a_copy_that_is_not_whole_is_made_whole(two, tmp_path, damage):
    mirror_releases(two.place, tmp_path / "copy")
    folder = tmp_path / "copy" / "v1.0.0"
    if damage == "the folder is gone":
        shutil.rmtree(folder)
    elif damage == "a file is gone":
        (folder / "sample.csv").unlink()
    else:
        (folder / "CHANGELOG.md").write_text("another")
    assert mirror_releases(two.place, tmp_path / "copy") == (0, 2, 1)
    assert everything(two.place) == everything(tmp_path / "copy")


def test_a_damaged_copy_stays_as_it_is_when_the_source_is_damaged_too(two, tmp_path):
    mirror_releases(two.place, tmp_path / "copy")
    for place in (two.place, tmp_path / "copy"):
        (place / "v1.0.0" / "sample.csv").write_text("torn")
    with pytest.raises(ReleaseError, match=r"Version 1.0.0 was not copied: .*sample.csv is not the file"):
        mirror_releases(two.place, tmp_path / "copy")
    assert (tmp_path / "copy" / "v1.0.0" / "readouts.parquet").exists()


def test_a_copy_that_cannot_be_read_for_a_moment_is_not_taken_for_a_damaged_one(two, remote, monkeypatch):
    mirror_releases(two.place, remote.address)
    before, place = everything(remote.address), ObjectPlace(remote.address)

    reachable = place.read

    def read(name):
        if name.endswith("SHA256SUMS"):
            raise StoreFailed("the network is down")
        return reachable(name)

    monkeypatch.setattr(place, "read", read)
    with pytest.raises(PublicationFailed, match="cannot be read or written: the network is down"):
        mirror_releases(two.place, place)
    assert everything(remote.address) == before


def test_another_book_is_not_written_over(two, document, run, tmp_path):
    other = type(two)(tmp_path / "other")
    other(run(document("z", "The United States will open a school.")))
    with pytest.raises(ReleaseError, match=r"holds a version 1.0.0 that is not the one to be copied"):
        mirror_releases(two.place, other.place)
    with pytest.raises(WrongUse, match="lists no version to copy"):
        mirror_releases(tmp_path / "nothing", other.place)


def test_a_copy_that_was_changed_on_its_way_is_noticed(two, remote, monkeypatch):
    created = ObjectPlace(remote.address).bucket.create

    def change(self, name, content):
        return created(name, b"changed" if name.endswith("sample.csv") else content)

    place = ObjectPlace(remote.address)
    monkeypatch.setattr(place.bucket, "create", lambda name, content: change(place, name, content))
    with pytest.raises(ReleaseError, match=r"sample.csv is not what was put there: its sum differs"):
        mirror_releases(two.place, place)
    assert read_index(open_place(remote.address)) == []


def test_the_command_says_what_it_copied(two, tmp_path, capsys, monkeypatch):
    copy = str(tmp_path / "copy")
    monkeypatch.setattr(sys, "argv", ["pledgebook", "mirror", copy, "--releases", str(two.place)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (0, None)
    assert (
        capsys.readouterr().out
        == f"{copy} holds all 2 versions of {two.place}, each file checked; 2 were copied now.\n"
    )
    (tmp_path / "copy" / "v1.0.0" / "sample.csv").unlink()
    with pytest.raises(SystemExit):
        main()
    assert "; 0 were copied now, 1 made whole again.\n" in capsys.readouterr().out


@pytest.mark.parametrize("address", ["gs://bucket/prefix", "https://example.org/releases", "hf://datasets/x"])
def test_other_addresses_are_refused(two, address):
    with pytest.raises(WrongUse, match=r"name a folder, or s3://bucket/prefix"):
        mirror_releases(two.place, address)


def test_a_bucket_that_is_not_there_is_named(two, object_store):
    with pytest.raises(WrongUse, match=r"s3:// names no bucket: name one, as in s3://bucket/prefix"):
        mirror_releases(two.place, "s3://")
    with pytest.raises(PublicationFailed, match=r"s3://nowhere/x cannot be written: there is no such bucket"):
        mirror_releases(two.place, "s3://nowhere/x")


@pytest.mark.parametrize("address", ["", " "])
def test_a_place_without_a_name_is_refused(two, address):
    with pytest.raises(WrongUse, match="the place of the releases has no name"):
        mirror_releases(two.place, address)
