"""WARC files, made here by other people's programs: what is read of them, and what is told instead."""

from __future__ import annotations

import gzip
import zlib
from io import BytesIO

import brotli
import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from pledgebook.sources import CaptureStore
from pledgebook.sources.containers import limits

from .archives import PAGE, SITE, WARC_DATE, Archive, Load, Write, names, page, pages, told
from .conftest import NOW


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
