"""Indexes of captures in their three forms."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pledgebook.sources.discovery import Findings, UnreadableListing
from pledgebook.sources.discovery.findings import Range

Read = Callable[..., Findings]
CALL = "https://www.norland.example/calls/1"
SNAPSHOT = {"snapshot": "https://archive.example/web/{timestamp}id_/{url}"}
RECORD = {"record": "https://data.example/{filename}"}
COLUMNS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def row(day: int = 10, url: str = CALL, media: str = "text/html", status: str = "200", digest: str = "A") -> list[str]:
    return ["example,norland,www)/calls/1", f"202602{day}101112", url, media, status, digest, "900"]


def lines(*rows: list[str]) -> str:
    return "\n".join(map(" ".join, rows)) + "\n"


def table(*rows: list[str]) -> str:
    return json.dumps([COLUMNS, *rows])


def json_line(**told: str) -> str:
    place = {"filename": "part/1.warc.gz", "offset": "345", "length": "678"}
    return json.dumps({"url": CALL, "mime": "text/html", "status": "200", "digest": "A", **place, **told})


@pytest.mark.parametrize("form", [table, lines])
def test_copies_at_addresses_of_their_own(read: Read, form: Callable[..., str]) -> None:
    (document,) = read("cdx", form(row()), **SNAPSHOT).documents
    assert document.url == CALL
    assert document.fetch == f"https://archive.example/web/20260210101112id_/{CALL}"
    assert document.captured_at == datetime(2026, 2, 10, 10, 11, 12, tzinfo=UTC)
    assert document.part is None


@pytest.mark.parametrize(
    "content",
    [
        f"k 20260210101112 {CALL} text/html 200 A - - 678 345 part/1.warc.gz",
        f" CDX N b a m s k r M S V g\nk 20260210101112 {CALL} text/html 200 A - - 678 345 part/1.warc.gz",
        f" CDX a b m s k S V g\n{CALL} 20260210101112 text/html 200 A 678 345 part/1.warc.gz",
        json_line(timestamp="20260210101112"),
        f"example,norland,www)/calls/1 20260210101112 {json_line()}",
    ],
    ids=["lines", "lines with a header", "a header of another order", "lines of JSON", "CDXJ"],
)
def test_records_in_files(read: Read, content: str) -> None:
    (document,) = read("cdx", content, **RECORD).documents
    assert (document.url, document.fetch) == (CALL, "https://data.example/part/1.warc.gz")
    assert document.part == Range(345, 678)
    assert document.captured_at == datetime(2026, 2, 10, 10, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize("form", [table, lines])
def test_each_text_of_an_address_once_from_when_it_was_first_seen(read: Read, form: Callable[..., str]) -> None:
    rows = [row(12, digest="B"), row(11), row(10), row(13, digest="B"), row(14, CALL + "0")]
    found = read("cdx", form(*rows), **SNAPSHOT).documents
    assert [(document.url, document.captured_at and document.captured_at.day) for document in found] == [
        (CALL, 10),
        (CALL, 12),
        (CALL + "0", 14),
    ]


def test_copies_without_digest_are_all_kept(read: Read) -> None:
    assert len(read("cdx", lines(row(10, digest="-"), row(11, digest="-")), **SNAPSHOT).documents) == 2


@pytest.mark.parametrize(
    "other", [row(status="404"), row(status="301"), row(status="-", media="warc/revisit"), row(media="image/png")]
)
@pytest.mark.parametrize("form", [table, lines])
def test_errors_redirects_revisits_and_pictures_are_no_documents(
    read: Read, form: Callable[..., str], other: list[str]
) -> None:
    found = read("cdx", form(other, row(11, media="text/plain", digest="B")), **SNAPSHOT).documents
    assert [document.captured_at and document.captured_at.day for document in found] == [11]


@pytest.mark.parametrize("names", [("mime", "mime-detected"), ("mime-detected", "mime")])
def test_the_media_type_that_was_detected_counts(read: Read, names: tuple[str, str]) -> None:
    types = {"mime": "unk", "mime-detected": "text/html"}
    told = {"url": CALL, "timestamp": "20260210101112", **{name: types[name] for name in names}}
    assert len(read("cdx", json.dumps(told), **SNAPSHOT).documents) == 1


def test_what_an_index_does_not_know_counts_as_not_told(read: Read) -> None:
    told = {"url": CALL, "timestamp": "20260210101112", "mime": None, "status": None, "digest": None, "filename": None}
    assert len(read("cdx", json.dumps(told), **RECORD, **SNAPSHOT).documents) == 1


def test_a_status_written_as_a_number(read: Read) -> None:
    rows = [{"url": f"{CALL}/{status}", "timestamp": "20260210101112", "status": status} for status in (200, 404)]
    found = read("cdx", "\n".join(map(json.dumps, rows)), **SNAPSHOT).documents
    assert [document.url for document in found] == [CALL + "/200"]


def test_a_line_of_json_with_a_line_separator_in_it(read: Read) -> None:
    line = json_line(timestamp="20260210101112").replace("}", ', "title": "A\u2028call"}')
    assert len(read("cdx", line, **RECORD).documents) == 1


def test_addresses_with_braces(read: Read) -> None:
    assert read("cdx", lines(row(url=CALL + "?q={a}")), **SNAPSHOT).documents[0].url == CALL + "?q={a}"


@pytest.mark.parametrize("content", ["", "[]", "[]\n", "[ ]", "\n"])
def test_an_index_without_copies(read: Read, content: str) -> None:
    assert read("cdx", content, pages="https://archive.example/cdx?page={page}", **SNAPSHOT) == Findings()


def test_answers_in_pages_until_one_is_empty(read: Read) -> None:
    way = {**SNAPSHOT, "pages": "https://archive.example/cdx?page={page}"}
    assert read("cdx", lines(row()), "https://archive.example/cdx", **way).pages == [
        "https://archive.example/cdx?page=1"
    ]
    assert read("cdx", lines(row()), "https://archive.example/cdx?page=1", **way).pages == [
        "https://archive.example/cdx?page=2"
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "a line",
        f"k 2026 {CALL}",
        '{"url": ',
        f"k 20269910101112 {CALL} text/html 200 A 9",
        f"k 2026021010111 {CALL} text/html 200 A 9",
        f"k 2026021010111２ {CALL} text/html 200 A 9",
    ],
)
def test_a_broken_line_is_passed_over_and_counted(read: Read, broken: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        found = read("cdx", f"{lines(row(10))}{broken}\n{lines(row(11, digest='B'))}", **SNAPSHOT)
    assert len(found.documents) == 2
    assert "1 of 3 lines" in caplog.text


def test_a_broken_row_of_a_table_is_passed_over_and_counted(read: Read, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        found = read("cdx", table(row(10), ["k"], row(11, digest="B")), **SNAPSHOT)
    assert len(found.documents) == 2
    assert "1 of 3 lines" in caplog.text


@pytest.mark.parametrize(
    "content",
    [
        "<html>\n<body>Too many requests</body>\n</html>",
        lines(row()) + "one\ntwo\n",
        '[["timestamp"], ["20260210101112"]]',
        '["a", "b"]',
        "[" * 100_000,
        '{"url": ' + "[" * 100_000,
        '{"error": "No captures"}',
    ],
)
def test_another_answer_is_told(read: Read, content: str) -> None:
    with pytest.raises(UnreadableListing):
        read("cdx", content, **SNAPSHOT)


def test_what_the_source_lacks_is_told(read: Read) -> None:
    with pytest.raises(UnreadableListing, match="lacks `snapshot`, since this index names no places in files"):
        read("cdx", lines(row()), **RECORD)
    with pytest.raises(UnreadableListing, match="lacks `record` or `snapshot`"):
        read("cdx", json_line(timestamp="20260210101112"))


@pytest.mark.parametrize("place", [{"offset": "-"}, {"length": "-1"}, {"filename": "-"}])
def test_a_copy_whose_place_is_not_known_comes_from_its_address(read: Read, place: dict[str, str]) -> None:
    line = json_line(timestamp="20260210101112", **place)
    (document,) = read("cdx", line, **RECORD, **SNAPSHOT).documents
    assert (document.part, document.fetch) == (None, f"https://archive.example/web/20260210101112id_/{CALL}")


def test_a_template_that_makes_no_web_address_does_not_lead_to_the_live_page(read: Read) -> None:
    with pytest.raises(UnreadableListing, match="give no web address to fetch: 's3://data/part/1"):
        read("cdx", json_line(timestamp="20260210101112"), record="s3://data/{filename}")
