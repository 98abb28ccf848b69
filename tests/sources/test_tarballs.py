"""Tarballs: what is read of them, and what is told instead."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest

from pledgebook.sources import CaptureStore
from pledgebook.sources.containers import limits

from .archives import Load, Write, names, pages, tarball, told


@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz"), ("a.tar.bz2", "w:bz2"), ("a.tar.xz", "w:xz")],
)
def test_a_tarball_gives_its_readable_files(load: Load, write: Write, name: str, mode: str) -> None:
    members = {
        "calls/call.md": b"---\ntitle: A call\nsource_url: https://www.whitehouse.gov/a-call/\n---\nNorland will help.",
        "calls/lines.jsonl": b'{"text": "One"}\n\n{"text": "Two"}\n',
        "README": b"How to",
        "run.py": b"print()",
        "photo.jpg": b"\xff\xd8\xff",
        "calls/._call.md": b"\0\5\x16\7",
    }
    loaded = load(write(name, tarball(members, mode)))
    assert names(loaded) == [f"{name}/calls/call.md", f"{name}/calls/lines.jsonl#1", f"{name}/calls/lines.jsonl#3"]
    assert loaded.captures[0].source == "white-house"
    assert loaded.skipped.is_empty()


@pytest.mark.parametrize("commits", [("0a1b2c3d", "9f8e7d6c"), ("0a" * 20, "b1" * 20)], ids=["short", "long"])
def test_the_folder_of_a_commit_is_no_part_of_names_and_nothing_is_stored_twice(
    load: Load, write: Write, store: CaptureStore, commits: tuple[str, str]
) -> None:
    found = []
    for commit in commits:
        members = {f"norland-calls-{commit}/2021/a.txt": b"Norland will help.", f"norland-calls-{commit}/b.txt": b"No."}
        found.append(names(load(write("a.tar.gz", tarball(members)))))
    assert found[0] == ["a.tar.gz/2021/a.txt", "a.tar.gz/b.txt"]
    assert len(store.newest()) == 2
    assert len(store.captures()) == 2


@pytest.mark.parametrize("folder", ["calls", "calls-2021", "calls-2021060", "calls-defaced"])
def test_other_folders_stay_in_the_names(load: Load, write: Write, folder: str) -> None:
    loaded = load(write("a.tar", tarball({f"{folder}/a.txt": b"Norland will help."}, "w")))
    assert names(loaded) == [f"a.tar/{folder}/a.txt"]


@pytest.mark.parametrize("unsafe", ["../../etc/x.md", "/abs.md", "C:\\x.md", "a/../../x.md"])
def test_a_name_that_leads_out_of_a_tarball_is_told(load: Load, write: Write, unsafe: str) -> None:
    loaded = load(write("a.tar", tarball({unsafe: b"Norland will help.", "good.md": b"Estavia will help."}, "w")))
    assert names(loaded) == ["a.tar/good.md"]
    assert list(told(loaded).values()) == ["unsafe_name"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_what_is_no_file_is_told_and_not_followed(load: Load, write: Write, kind: bytes) -> None:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("empty.jpg"))
        member = tarfile.TarInfo("link.md")
        member.type, member.linkname = kind, "/etc/hostname"
        archive.addfile(member)
        good = tarfile.TarInfo("good.md")
        good.size = 18
        archive.addfile(good, BytesIO(b"Norland will help."))
    loaded = load(write("a.tar", file.getvalue()))
    assert (names(loaded), told(loaded)) == (["a.tar/good.md"], {"a.tar/link.md": "no_file"})


def test_members_of_a_tarball_are_limited(load: Load, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_DOCUMENT", 5000)
    loaded = load(write("a.tgz", tarball({"bomb.txt": bytes(9000), "good.md": b"Norland will help."})))
    assert (names(loaded), told(loaded)) == (["a.tgz/good.md"], {"a.tgz/bomb.txt": "too_large"})


def test_a_tarball_is_limited_as_a_whole(load: Load, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_ARCHIVE", 300_000)
    loaded = load(write("a.tgz", tarball({"good.md": b"Norland will help.", "bomb.jpg": bytes(900_000)})))
    assert (names(loaded), told(loaded)) == (["a.tgz/good.md"], {"a.tgz": "too_large"})


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tar.xz"])
def test_a_tarball_that_is_cut_off_is_told_and_what_came_before_is_read(load: Load, write: Write, name: str) -> None:
    mode = {"a.tar": "w", "a.tar.gz": "w:gz", "a.tar.xz": "w:xz"}[name]
    noise = b"".join(zlib.compress(b"%d" % number) for number in range(20_000))
    whole = tarball({"good.md": b"Norland will help.", "noise.txt": noise}, mode)
    loaded = load(write(name, whole[: len(whole) // 2]))
    assert (names(loaded), told(loaded)) == ([f"{name}/good.md"], {name: "broken_archive"})


@pytest.mark.parametrize("spoil", [lambda content: content[:1024], lambda content: content.replace(b"bad", b"b@d")])
def test_a_tarball_that_ends_without_its_end_is_told(load: Load, write: Write, spoil: Callable[[bytes], bytes]) -> None:
    whole = tarball({"good.md": b"Norland will help.", "bad.md": b"Estavia will help."}, "w")
    loaded = load(write("a.tar", spoil(whole)))
    assert (names(loaded), told(loaded)) == (["a.tar/good.md"], {"a.tar": "broken_archive"})


def test_archives_in_archives_are_told(load: Load, write: Write) -> None:
    loaded = load(write("a.tar", tarball({"b.warc.gz": pages(1), "good.md": b"Norland will help."}, "w")))
    assert (names(loaded), told(loaded)) == (["a.tar/good.md"], {"a.tar/b.warc.gz": "nested"})
