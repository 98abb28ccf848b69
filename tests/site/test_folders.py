"""A site takes the place of the one before when it is whole, and of nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from pledgebook.releases.errors import ReleaseError
from pledgebook.site.folders import LOCK, MARK, new_site


def write(folder: Path, **files: str) -> None:
    with new_site(folder) as fresh:
        for name, text in files.items():
            (fresh / name).write_text(text, "utf-8")


def held(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if not path.name.startswith(".")}


def test_the_new_site_stands_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    write(tmp_path / "public", start="one", more="one")
    write(tmp_path / "public", start="two")
    assert held(tmp_path / "public") == {"start": "two"}


def test_one_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    write(tmp_path, start="one")
    with pytest.raises(ZeroDivisionError), new_site(tmp_path) as fresh:
        (fresh / "start").write_text("two", "utf-8")
        raise ZeroDivisionError
    assert held(tmp_path) == {"start": "one"}
    write(tmp_path, start="three")
    assert held(tmp_path) == {"start": "three"}


def test_what_others_put_there_stays(tmp_path: Path) -> None:
    write(tmp_path, start="one")
    (tmp_path / "CNAME").write_text("mine", "utf-8")
    write(tmp_path, start="two")
    assert held(tmp_path) == {"start": "two", "CNAME": "mine"}
    with pytest.raises(ReleaseError, match=r"CNAME is no part of the site that is there; move it away"):
        write(tmp_path, start="three", CNAME="the site's")
    assert held(tmp_path) == {"start": "two", "CNAME": "mine"}


def test_a_folder_with_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine", "utf-8")
    with pytest.raises(ReleaseError, match="holds something that is no site of Pledgebook"):
        write(tmp_path, start="one")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_link_to_a_folder_is_one(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "disk")
    write(tmp_path / "public", start="one")
    write(tmp_path / "public", start="two")
    assert held(tmp_path / "disk") == {"start": "two"}


def test_a_mark_that_names_what_lies_elsewhere_harms_nothing(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine", "utf-8")
    write(tmp_path / "public", start="one")
    (tmp_path / "public" / MARK).write_text(f"start\n../victim\n{victim}\n.\n..\n", "utf-8")
    (tmp_path / "public" / "CNAME").write_text("mine", "utf-8")
    write(tmp_path / "public", start="two")
    assert victim.read_text("utf-8") == "mine" and held(tmp_path / "public") == {"start": "two", "CNAME": "mine"}


def test_what_fails_beside_the_folder_is_not_laid_to_it(tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError), new_site(tmp_path):
        raise ConnectionResetError


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "public").touch()
    with pytest.raises(ReleaseError, match=r"public cannot be written: "):
        write(tmp_path / "public", start="one")


def test_of_two_at_once_one_is_told_to_wait(tmp_path: Path) -> None:
    write(tmp_path, start="one")
    with FileLock(tmp_path / LOCK), pytest.raises(ReleaseError, match="Another site is being written"):
        write(tmp_path, start="two")
    assert held(tmp_path) == {"start": "one"}
