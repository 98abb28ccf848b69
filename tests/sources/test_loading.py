"""Files, folders and globs to captures; what cannot be read is told, and nothing else is lost for it."""

from __future__ import annotations

import gzip
import json
import logging
import lzma
import tarfile
import tracemalloc
import zlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pledgebook.sources import CaptureStore, Loaded, WrongUse, load_documents, parse_capture
from pledgebook.sources.loading import Origin

from .conftest import NOW

Load = Callable[..., Loaded]
Write = Callable[..., Path]
PAGE = "---\ntitle: A call\ndate: 2021-06-08\nsource_url: https://www.whitehouse.gov/a-call/\n---\nNorland will help.\n"


def checks(loaded: Loaded) -> dict[str, str]:
    return dict(loaded.skipped.select("row_id", "check").iter_rows())


def test_a_folder_is_read_whatever_lies_beside(load: Load, write: Write) -> None:
    folder = write("call.md", PAGE).parent
    write("deep/er/page.html", "<p>Text</p>")
    write("notes.txt", "Text of 2021")
    write("lines.jsonl", '{"text": "One"}\n\n{"text": "Two"}\n')
    write("photo.jpg", b"\xff\xd8\xff")
    loaded = load(folder)
    assert [capture.name for capture in loaded.captures] == [
        "call.md",
        "deep/er/page.html",
        "lines.jsonl#1",
        "lines.jsonl#3",
        "notes.txt",
    ]
    assert checks(loaded) == {"photo.jpg": "unknown_kind"}


def test_what_is_loaded_does_not_depend_on_place_or_order(tmp_path: Path) -> None:
    tables = []
    for place in ("here", "over there"):
        folder = tmp_path / place
        folder.mkdir()
        for number in (2, 1, 3) if place == "here" else (3, 2, 1):
            (folder / f"{number}.txt").write_text(f"Text {number} of 2021-06-08")
        store = CaptureStore(tmp_path / f"raw of {place}")
        load_documents([folder], store, NOW)
        tables.append([(capture.name, capture.sha256) for capture in store.newest()])
    assert tables[0] == tables[1]


def test_globs_and_files_given_twice_are_read_once(load: Load, write: Write) -> None:
    path = write("a/one.txt", "One")
    write("b/two.txt", "Two")
    loaded = load(str(path.parent.parent / "*" / "*.txt"), path, path.parent)
    assert sorted(capture.name for capture in loaded.captures) == ["one.txt", "two.txt"]


@pytest.mark.parametrize("path", ["no/such/folder", "no/such/file.md", "no/such/*.md"])
def test_a_path_that_does_not_exist_is_named(load: Load, path: str) -> None:
    with pytest.raises(WrongUse, match=path.replace("*", r"\*")):
        load(path)


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        ("empty.md", b"", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_text"),
        ("broken.md", b"---\ntitle: [a\n---\ntext", "broken_front_matter"),
        ("broken.jsonl", b"{'text': 1}", "broken_json"),
        ("no-text.jsonl", b'{"title": "A call"}', "no_text"),
        ("empty.jsonl", b"\n \n", "empty"),
        ("address.md", b"---\nsource_url: nowhere\n---\ntext", "bad_url"),
        ("feed.rss", b"<rss/>", "unknown_kind"),
    ],
)
def test_bad_files_are_set_aside_and_the_others_read(
    load: Load, write: Write, name: str, content: bytes, check: str
) -> None:
    write("good.md", PAGE)
    loaded = load(write(name, content).parent)
    assert [capture.name for capture in loaded.captures] == ["good.md"]
    (row,) = loaded.skipped.to_dicts()
    assert row["table"] == "readouts"
    assert row["row_id"].startswith(name)
    assert row["check"] == check
    assert row["reason"].startswith(name)


def test_a_file_that_cannot_be_opened_is_set_aside(load: Load, write: Write) -> None:
    folder = write("good.md", PAGE).parent
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    loaded = load(folder)
    assert [capture.name for capture in loaded.captures] == ["good.md"]
    assert checks(loaded) == {"gone.md": "not_readable", "loop.md": "not_readable"}


def test_a_guessed_encoding_is_told(load: Load, write: Write, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        load(write("latin.txt", "El señor Núñez llegó.".encode("latin-1")))
    assert "latin.txt" in caplog.text
    assert "cp1252" in caplog.text


def test_an_index_gives_addresses_titles_and_dates(load: Load, write: Write) -> None:
    folder = write("body.html", "<p>Norland will help.</p>").parent
    write(
        "index.csv",
        "file,url,title,date\nbody.html,https://www.state.gov/old,Old,\nbody.html,https://www.state.gov/call/,A call,2021-06-08\n",
    )
    loaded = load(folder)
    (capture,) = loaded.captures
    assert (capture.url, capture.title, str(capture.day)) == ("https://www.state.gov/call/", "A call", "2021-06-08")
    assert capture.source == "state-department"
    assert loaded.skipped.is_empty()


def test_a_table_that_only_bears_the_name_of_an_index_is_no_document(load: Load, write: Write) -> None:
    write("index.csv", "name,number\na,1\n")
    assert checks(load(write("one.txt", "One").parent)) == {"index.csv": "unknown_kind"}


def test_the_address_decides_the_source(load: Load, write: Write) -> None:
    hosts = {
        "https://bidenwhitehouse.archives.gov/a": "white-house",
        "https://2017-2021.state.gov/a": "state-department",
        "http://en.kremlin.ru/events/1": "kremlin",
        "https://www.president.gov.ua/en/news/a-1": "ukraine-president",
        "https://example.org/a": "folder",
    }
    lines = "\n".join(json.dumps({"text": "Text", "url": url}) for url in hosts)
    assert [capture.source for capture in load(write("lines.jsonl", lines)).captures] == list(hosts.values())


def test_the_time_of_retrieval_is_the_stated_one_or_now(load: Load, write: Write) -> None:
    write("stated.md", "---\nretrieved_at: 2022-01-02T03:04:05+02:00\n---\ntext")
    captures = load(write("unstated.md", "---\ntitle: a\n---\nother text").parent).captures
    assert [capture.captured_at.isoformat() for capture in captures] == ["2022-01-02T01:04:05+00:00", NOW.isoformat()]


def test_a_page_saved_as_text_is_taken_for_html(load: Load, write: Write) -> None:
    (capture,) = load(write("page.txt", "<!DOCTYPE html><html><body><p>Text</p></body></html>")).captures
    assert capture.media_type == "text/html"


def test_progress_is_told_file_by_file(store: CaptureStore, write: Write) -> None:
    folder = write("one.txt", "One").parent
    write("two.png", b"\x89PNG")
    told: list[int] = []
    load_documents([folder], store, NOW, told.append)
    assert told == [1, 1]


def test_skipped_rows_have_the_columns_of_the_quarantine(load: Load, write: Write) -> None:
    skipped = load(write("one.txt", "One")).skipped
    assert skipped.is_empty()
    assert skipped.columns == ["table", "row_id", "check", "column", "value", "reason"]
    assert set(skipped.dtypes) == {pl.String}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_file_with_front_matter_is_taken_for_markdown(load: Load, write: Write, encoding: str, end: str) -> None:
    page = PAGE.replace("\n", end).encode(encoding)
    (capture,) = load(write("call.txt", page)).captures
    assert (capture.media_type, capture.url) == ("text/markdown", "https://www.whitehouse.gov/a-call/")


def archived(*records: tuple[str, str, bytes]) -> bytes:
    """A WARC file of `resource` records: address, media type, content."""
    file = BytesIO()
    writer = WARCWriter(file, gzip=True)
    for url, media_type, content in records:
        told = {"WARC-Date": "2021-07-01T00:00:00Z"}
        writer.write_record(
            writer.create_warc_record(url, "resource", BytesIO(content), None, media_type, warc_headers_dict=told)
        )
    return file.getvalue()


def tarball(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for member, content in members:
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return file.getvalue()


def test_files_that_hold_many_documents_lie_among_others(load: Load, write: Write) -> None:
    folder = write("call.md", PAGE).parent
    write("deep/a.warc.gz", archived(("https://www.state.gov/a/", "text/plain", b"Estavia will help.")))
    write("a.tar", tarball((tarfile.TarInfo("x/lines.jsonl"), b'{"text": "One"}\n{"text": "Two"}\nThree')))
    loaded = load(folder)
    assert [capture.name for capture in loaded.captures] == [
        "a.tar/x/lines.jsonl#1",
        "a.tar/x/lines.jsonl#2",
        "call.md",
        "deep/a.warc.gz#1",
    ]
    assert checks(loaded) == {"a.tar/x/lines.jsonl#3": "broken_json"}


def test_a_page_of_a_web_archive_that_cannot_be_read_is_told_by_its_address(load: Load, write: Write) -> None:
    pages = [("https://www.state.gov/a/", "text/html", b" "), ("http://nowhere/", "text/html", b"<p>Text</p>")]
    loaded = load(write("a.warc.gz", archived(*pages)))
    assert checks(loaded) == {"https://www.state.gov/a/": "empty", "http://nowhere/": "bad_url"}
    assert loaded.skipped["reason"].str.contains("a.warc.gz#", literal=True).all()


def test_an_address_that_is_none_is_told_though_the_source_is_named(store: CaptureStore, write: Write) -> None:
    path = write("a.warc.gz", archived(("http://nowhere/", "text/html", b"<p>Text</p>")))
    loaded = load_documents([path], store, NOW, origin=Origin("kremlin"))
    assert checks(loaded) == {"http://nowhere/": "bad_url"}


def test_the_notes_of_a_crawler_are_no_documents(load: Load, write: Write) -> None:
    notes = [
        ("metadata://example.org/crawl.log", "text/plain", b"Started"),
        ("urn:pageinfo:a", "application/json", b"{}"),
    ]
    loaded = load(write("a.warc.gz", archived(*notes, ("urn:sha256:ab", "text/markdown", PAGE.encode()))))
    assert [capture.url for capture in loaded.captures] == ["https://www.whitehouse.gov/a-call/"]
    assert loaded.skipped.is_empty()


def test_json_is_read_where_the_source_of_its_address_publishes_in_it(
    load: Load, write: Write, store: CaptureStore
) -> None:
    answer = {
        "title": "A call",
        "first_published_at": "2021-06-08T10:00:00Z",
        "details": {"body": "<p>We will help.</p>"},
    }
    head = StatusAndHeaders("200 OK", [("Content-Type", "application/json")], protocol="HTTP/1.1")
    file = BytesIO()
    writer = WARCWriter(file, gzip=True)
    for url in ("https://www.gov.uk/api/content/government/news/a-call", "https://example.org/visitors"):
        body = BytesIO(json.dumps(answer).encode())
        writer.write_record(writer.create_warc_record(url, "response", body, http_headers=head))
    (capture,) = load(write("a.warc.gz", file.getvalue())).captures
    read = parse_capture(capture, store.read(capture))
    assert (read.title, read.text, str(read.day)) == ("A call", "We will help.", "2021-06-08")


def test_the_day_in_the_name_of_a_web_archive_is_that_of_the_crawl(
    load: Load, write: Write, store: CaptureStore
) -> None:
    path = write("crawl-2021-07-01.warc.gz", archived(("https://example.org/a", "text/plain", b"Norland will help.")))
    member = tarfile.TarInfo("2021-06-08-call.txt")
    write("crawl-2021-07-01.tar", tarball((member, b"Estavia will help.")))
    days = {capture.name: parse_capture(capture, store.read(capture)).day for capture in load(path.parent).captures}
    assert days == {
        "crawl-2021-07-01.warc.gz#1": None,
        "crawl-2021-07-01.tar/2021-06-08-call.txt": date(2021, 6, 8),
    }


def test_what_a_list_says_of_a_tarball_is_true_of_no_document_in_it(load: Load, write: Write) -> None:
    members = [(tarfile.TarInfo(name), name.encode()) for name in ("one.txt", "two.txt", "index.csv")]
    path = write("a.tar", tarball(*members))
    write("index.csv", "file,url\na.tar,https://www.state.gov/a.tar\n")
    loaded = load(path.parent)
    assert [capture.url for capture in loaded.captures] == [None, None]
    assert checks(loaded) == {"a.tar/index.csv": "nested"}


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_a_header_of_a_tarball_that_has_no_end_does_not_fill_the_memory(load: Load, write: Write, kind: bytes) -> None:
    endless = tarfile.TarInfo("endless")
    endless.type = kind
    good = (tarfile.TarInfo("good.txt"), b"Norland will help.")
    path = write("a.tgz", gzip.compress(tarball(good, (endless, bytes(50_000_000)))))
    tracemalloc.start()
    try:
        loaded = load(path)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert [capture.name for capture in loaded.captures] == ["a.tgz/good.txt"]
    assert checks(loaded) == {"a.tgz": "broken_archive"}


def test_a_file_of_xz_that_asks_for_much_memory_is_told(load: Load, write: Write) -> None:
    content = bytearray(lzma.compress(tarball((tarfile.TarInfo("good.txt"), b"Norland will help."))))
    assert load(write("a.tar.xz", bytes(content))).captures
    # The header of the first block (xz file format 1.1.0, 3.1): a dictionary of 1 GiB, and the sum of the header.
    end = 12 + (content[12] + 1) * 4
    content[16] = 36
    content[end - 4 : end] = zlib.crc32(content[12 : end - 4]).to_bytes(4, "little")
    assert lzma.decompress(content)
    assert checks(load(write("a.tar.xz", bytes(content)))) == {"a.tar.xz": "broken_archive"}
