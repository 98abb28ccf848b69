"""WACZ, the zip file around WARC files: what is read of it, and what is told instead."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from pledgebook.sources.containers import limits

from .archives import SITE, Archive, Load, Write, names, pages, told, wacz


def test_a_wacz_is_read_where_its_warc_files_lie(load: Load, write: Write) -> None:
    members = {
        "archive/one.warc.gz": pages(2),
        "archive/two.warc": pages(1, gzipped=False).replace(b"/0/", b"/x/"),
        "pages/pages.jsonl": b'{"url": "https://www.whitehouse.gov/"}',
        "datapackage.json": b"{}",
    }
    loaded = load(write("a.wacz", wacz(members)))
    assert names(loaded) == [
        "a.wacz/archive/one.warc.gz#1",
        "a.wacz/archive/one.warc.gz#2",
        "a.wacz/archive/two.warc#1",
    ]
    assert {capture.captured_at.isoformat() for capture in loaded.captures} == {"2024-02-03T04:05:06+00:00"}
    assert loaded.skipped.is_empty()


def encrypted(content: bytes) -> bytes:
    """A zip file whose first member is marked as encrypted, in its own header and in the list at the end."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def damaged(content: bytes) -> bytes:
    """A zip file with a changed byte in its first member."""
    changed = bytearray(content)
    changed[60] ^= 1
    return bytes(changed)


@pytest.mark.parametrize(
    ("member", "spoil", "check"),
    [
        pytest.param("archive/bad.warc", encrypted, "encrypted", id="encrypted"),
        pytest.param("archive/bad.warc", damaged, "broken_archive", id="damaged"),
        pytest.param("archive/../../bad.warc", bytes, "unsafe_name", id="leads out"),
        pytest.param("/archive/bad.warc", bytes, "unsafe_name", id="absolute"),
    ],
)
def test_a_bad_member_of_a_wacz_is_told_and_the_others_are_read(
    load: Load, write: Write, member: str, spoil: Callable[[bytes], bytes], check: str
) -> None:
    content = wacz({member: pages(1, gzipped=False), "archive/good.warc.gz": pages(1)})
    loaded = load(write("a.wacz", spoil(content)))
    assert "a.wacz/archive/good.warc.gz#1" in names(loaded)
    assert told(loaded) == {f"a.wacz/{member}": check}


def test_the_members_of_a_wacz_are_limited_together(load: Load, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = Archive(False).add(SITE, bytes(300_000)).content
    monkeypatch.setattr(limits, "LARGEST_ARCHIVE", 400_000)
    members = {"archive/1.warc.gz": pages(1), "archive/2.warc.gz": gzip.compress(bomb), "archive/3.warc": bomb}
    loaded = load(write("a.wacz", wacz(members)))
    assert "a.wacz/archive/1.warc.gz#1" in names(loaded)
    assert told(loaded)["a.wacz/archive/3.warc"] == "too_large"
