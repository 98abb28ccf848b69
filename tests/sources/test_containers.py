"""WARC, WACZ and tarballs, made here by other people's programs: what is read of them, and what is told instead."""

from __future__ import annotations

import gzip
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import brotli
import pytest
from fastwarc.warc import WarcRecord, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pledgebook.sources import CaptureStore, Loaded, load_documents
from pledgebook.sources.containers import limits
from pledgebook.sources.loading import Origin

from .conftest import NOW

Load = Callable[..., Loaded]
Write = Callable[..., Path]
SITE = "https://www.whitehouse.gov/briefing-room/"
WARC_DATE = "2024-02-03T04:05:06Z"


def page(number: int) -> bytes:
    return f"<!DOCTYPE html><html><body><p>Norland will lend Estavia {number} ships.</p></body></html>".encode()


PAGE = page(1)


class Archive:
    """A WARC file under construction."""

    def __init__(self, gzipped: bool = True) -> None:
        self.file = BytesIO()
        self.writer = WARCWriter(self.file, gzip=gzipped)

    def add(
        self,
        url: str,
        body: bytes = PAGE,
        *headers: tuple[str, str],
        status: str = "200 OK",
        media_type: str = "text/html; charset=utf-8",
        kind: str = "response",
        told: dict[str, str] | None = None,
    ) -> Archive:
        head = StatusAndHeaders(status, [("Content-Type", media_type), *headers], protocol="HTTP/1.1")
        record = self.writer.create_warc_record(
            url, kind, BytesIO(body), http_headers=head, warc_headers_dict={"WARC-Date": WARC_DATE, **(told or {})}
        )
        self.writer.write_record(record)
        return self

    @property
    def content(self) -> bytes:
        return self.file.getvalue()


def pages(number: int, gzipped: bool = True) -> bytes:
    archive = Archive(gzipped)
    for each in range(number):
        archive.add(f"{SITE}{each}/", page(each))
    return archive.content


def tarball(members: dict[str, bytes], mode: str = "w:gz") -> bytes:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return file.getvalue()


def wacz(members: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def names(loaded: Loaded) -> list[str]:
    return sorted(capture.name for capture in loaded.captures)


def told(loaded: Loaded) -> dict[str, str]:
    """Check by the place that the reason begins with, an address beside it left out."""
    rows = loaded.skipped.select("reason", "check").iter_rows()
    return {reason.split(": ")[0].split(" (")[0]: check for reason, check in rows}


def chunked(body: bytes) -> bytes:
    return (
        b"".join(b"%x;note=a\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:]))
        + b"0\r\nTrailer: a\r\n\r\n"
    )


def raw_deflate(body: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(body) + deflater.flush()


CHUNKED = ("Transfer-Encoding", "chunked")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        pytest.param(PAGE, [], id="plain"),
        pytest.param(chunked(PAGE), [CHUNKED], id="chunked"),
        pytest.param(PAGE, [CHUNKED], id="chunks undone by the crawler"),
        pytest.param(gzip.compress(PAGE), [("Content-Encoding", "gzip")], id="gzip"),
        pytest.param(PAGE, [("Content-Encoding", "gzip")], id="gzip undone by the crawler"),
        pytest.param(PAGE, [("Content-Encoding", "br")], id="brotli undone by the crawler"),
        pytest.param(brotli.compress(PAGE), [("Content-Encoding", "br")], id="brotli"),
        pytest.param(zlib.compress(PAGE), [("Content-Encoding", "deflate")], id="deflate"),
        pytest.param(raw_deflate(PAGE), [("Content-Encoding", "deflate")], id="deflate without wrapping"),
        pytest.param(chunked(gzip.compress(PAGE)), [CHUNKED, ("Content-Encoding", "gzip")], id="chunked gzip"),
    ],
)
def test_the_codings_of_a_body_are_undone(
    load: Load, write: Write, store: CaptureStore, body: bytes, headers: list[tuple[str, str]]
) -> None:
    loaded = load(write("a.warc.gz", Archive().add(SITE, body, *headers).content))
    assert [store.read(capture) for capture in loaded.captures] == [PAGE]
    assert loaded.skipped.is_empty()


@pytest.mark.parametrize(
    ("body", "headers", "check"),
    [
        pytest.param(gzip.compress(PAGE)[:-9], [("Content-Encoding", "gzip")], "broken_coding", id="gzip cut off"),
        pytest.param(brotli.compress(PAGE)[:-3], [("Content-Encoding", "br")], "broken_coding", id="brotli cut off"),
        pytest.param(b"\x28\xb5\x2f\xfd", [("Content-Encoding", "zstd")], "unknown_coding", id="zstd"),
        pytest.param(chunked(PAGE)[:-30], [CHUNKED], "broken_coding", id="chunks cut off"),
        pytest.param(chunked(PAGE).replace(b"\r\n0\r\n", b"\r\n!\r\n"), [CHUNKED], "broken_coding", id="no last chunk"),
        pytest.param(gzip.compress(bytes(9000)), [("Content-Encoding", "gzip")], "too_large", id="bomb"),
        pytest.param(brotli.compress(bytes(9000)), [("Content-Encoding", "br")], "too_large", id="brotli bomb"),
        pytest.param(b"a" * 9000, [], "too_large", id="large"),
    ],
)
def test_a_bad_document_is_told_with_its_place_and_the_others_are_read(
    load: Load,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    body: bytes,
    headers: list[tuple[str, str]],
    check: str,
) -> None:
    monkeypatch.setattr(limits, "LARGEST_DOCUMENT", 5000)
    archive = Archive().add(f"{SITE}one/", page(1)).add(f"{SITE}two/", body, *headers).add(f"{SITE}three/", page(3))
    loaded = load(write("a.warc.gz", archive.content))
    assert names(loaded) == ["a.warc.gz#1", "a.warc.gz#3"]
    assert told(loaded) == {"a.warc.gz#2": check}


def test_a_part_of_a_page_is_no_page(load: Load, write: Write) -> None:
    archive = Archive().add(SITE, told={"WARC-Truncated": "length"}).add(f"{SITE}whole/", page(2))
    loaded = load(write("a.warc.gz", archive.content))
    assert (names(loaded), told(loaded)) == (["a.warc.gz#2"], {"a.warc.gz#1": "cut_off"})


@pytest.mark.parametrize(
    ("url", "source"),
    [(SITE, "white-house"), ("http://en.kremlin.ru/events/1", "kremlin"), ("https://norland.example/a", "web-archive")],
)
def test_a_record_tells_address_and_time_and_the_address_the_source(
    load: Load, write: Write, url: str, source: str
) -> None:
    (capture,) = load(write("a.warc.gz", Archive().add(url).content)).captures
    assert (capture.url, capture.source, capture.media_type) == (url, source, "text/html")
    assert capture.captured_at.isoformat() == "2024-02-03T04:05:06+00:00"


def test_a_time_to_come_is_not_believed(load: Load, write: Write) -> None:
    (capture,) = load(
        write("a.warc", Archive(False).add(SITE, told={"WARC-Date": "2031-01-01T00:00:00Z"}).content)
    ).captures
    assert capture.captured_at == NOW


def test_what_is_no_page_is_passed_over(load: Load, write: Write) -> None:
    archive = Archive()
    archive.add(f"{SITE}gone/", status="404 Not Found").add(f"{SITE}moved/", status="301 Moved Permanently")
    archive.add(f"{SITE}a.jpg", b"\xff\xd8\xff", media_type="image/jpeg").add(SITE, b"a{}", media_type="text/css")
    archive.add(f"{SITE}request/", b"", kind="request").add(SITE, b"", kind="revisit")
    archive.add(f"{SITE}conversion/", kind="conversion").add("dns:www.whitehouse.gov", b"a", kind="resource")
    archive.add("https://www.whitehouse.gov/robots.txt", b"User-agent: *", media_type="text/plain")
    archive.add(f"{SITE}page/", page(2))
    loaded = load(write("a.warc.gz", archive.content))
    assert [capture.url for capture in loaded.captures] == [f"{SITE}page/"]
    assert loaded.skipped.is_empty()


LAST = len(pages(2, gzipped=False))
LONG_HEADER = gzip.compress(pages(1, gzipped=False).replace(b"\r\n", b"\r\n" + b"A: b\r\n" * 20_000, 1))


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(LAST + 4, id="in the version"),
        pytest.param(LAST + 90, id="in the header"),
        pytest.param(len(pages(3, gzipped=False)) - len(page(2)) - 10, id="in the head of the answer"),
        pytest.param(len(pages(3, gzipped=False)) - 30, id="in the body"),
        pytest.param(len(pages(3, gzipped=False)) - 5, id="one byte before the end of the body"),
    ],
)
def test_a_torn_last_record_is_told_and_what_came_before_is_read(load: Load, write: Write, kept: int) -> None:
    loaded = load(write("a.warc", pages(3, gzipped=False)[:kept]))
    assert (names(loaded), told(loaded)) == (["a.warc#1", "a.warc#2"], {"a.warc": "broken_archive"})


@pytest.mark.parametrize(
    "missing", [40, 100, pytest.param(len(pages(3)) - len(pages(2)) - 12, id="all but its first twelve bytes")]
)
def test_a_torn_last_member_of_gzip_is_told_and_what_came_before_is_read(
    load: Load, write: Write, missing: int
) -> None:
    loaded = load(write("a.warc.gz", pages(3)[:-missing]))
    assert (names(loaded), told(loaded)) == (["a.warc.gz#1", "a.warc.gz#2"], {"a.warc.gz": "broken_archive"})


def test_a_wrong_sum_in_the_last_member_of_gzip_is_told(load: Load, write: Write) -> None:
    content = bytearray(pages(3))
    content[-8] ^= 1
    loaded = load(write("a.warc.gz", bytes(content)))
    assert names(loaded)[:2] == ["a.warc.gz#1", "a.warc.gz#2"]
    assert told(loaded) == {"a.warc.gz": "broken_archive"}


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        pytest.param("a.warc", b"", "empty", id="empty warc"),
        pytest.param("a.warc", b"Norland will help.\n" * 9, "broken_archive", id="text"),
        pytest.param("a.warc.gz", PAGE, "broken_archive", id="page"),
        pytest.param("a.warc.gz", gzip.compress(PAGE), "broken_archive", id="compressed page"),
        pytest.param("a.warc", bytes(200_000), "broken_archive", id="zeros"),
        pytest.param("a.warc.gz", LONG_HEADER, "broken_archive", id="long header"),
        pytest.param("a.warc", b"WARC/1.0\r\nA: " + b"b" * 100_000, "broken_archive", id="long line"),
        pytest.param("a.warc.gz", Archive().add(SITE, status="404 Not Found").content, "no_documents", id="no page"),
        pytest.param("a.wacz", PAGE, "broken_archive", id="no zip"),
        pytest.param("a.wacz", wacz({"archive/a.warc.gz": pages(1)})[:-30], "broken_archive", id="zip cut off"),
        pytest.param("a.wacz", wacz({"pages/pages.jsonl": b"{}"}), "no_wacz", id="zip without warc"),
        pytest.param("a.tar", b"", "empty", id="empty tarball"),
        pytest.param("a.tar", PAGE * 20, "broken_archive", id="no tarball"),
        pytest.param("a.tgz", tarball({"photo.jpg": b"\xff\xd8\xff"}), "no_documents", id="nothing readable"),
    ],
)
def test_a_file_that_holds_no_document_is_told(load: Load, write: Write, name: str, content: bytes, check: str) -> None:
    folder = write("good.txt", "Norland will help.").parent
    write(name, content)
    loaded = load(folder)
    assert (names(loaded), told(loaded)) == (["good.txt"], {name: check})


def test_a_file_made_by_another_program_is_read(load: Load, write: Write) -> None:
    record, file = WarcRecord(), BytesIO()
    record.init_headers(record_type=WarcRecordType.response)
    record.headers["WARC-Target-URI"] = SITE
    record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)
    record.write(file, checksum_data=True)
    (capture,) = load(write("a.warc", file.getvalue())).captures
    assert (capture.url, capture.media_type) == (SITE, "text/html")


def test_brackets_around_an_address_are_no_part_of_it(load: Load, write: Write) -> None:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <{SITE}>\r\nWARC-Date: {WARC_DATE}\r\n"
    record = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"
    (capture,) = load(write("a.warc.gz", gzip.compress(record))).captures
    assert (capture.url, capture.source) == (SITE, "white-house")


def test_only_wanted_documents_are_read(store: CaptureStore, write: Write) -> None:
    path = write("a.warc.gz", pages(3))
    origin = Origin("kremlin", wants=lambda place: place.endswith("/1/"))
    loaded = load_documents([path], store, NOW, origin=origin)
    assert [(capture.url, capture.source) for capture in loaded.captures] == [(f"{SITE}1/", "kremlin")]
    assert loaded.skipped.is_empty()


def test_wanted_documents_without_address_are_known_by_their_names(store: CaptureStore, write: Write) -> None:
    path = write("a.tgz", tarball({"one.txt": b"Norland will help.", "two.txt": b"Estavia will help."}))
    loaded = load_documents([path], store, NOW, origin=Origin(wants=lambda place: "two" in place))
    assert names(loaded) == ["a.tgz/two.txt"]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.wacz", "a.tar.gz"])
def test_no_more_than_a_document_is_in_memory(store: CaptureStore, write: Write, name: str) -> None:
    archive, bodies = Archive(), [page(number) + b" " * 1_000_000 for number in range(20)]
    for number, body in enumerate(bodies):
        archive.add(f"{SITE}{number}/", body)
    made = {"a.warc.gz": archive.content, "a.wacz": wacz({"archive/a.warc.gz": archive.content})}
    path = write(name, made.get(name) or tarball({f"{number}.html": body for number, body in enumerate(bodies)}))
    places: list[str] = []

    def wants_none(place: str) -> bool:
        places.append(place)
        return False

    tracemalloc.start()
    try:
        # Documents that nobody wants, since parsing pages is another matter.
        load_documents([path], store, NOW, origin=Origin(wants=wants_none))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert len(places) == 20


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
