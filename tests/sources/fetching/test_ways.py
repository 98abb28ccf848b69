"""Every way to discover documents, against a real server: what is found, fetched and kept."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pledgebook.sources import Document, parse_capture
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.recorder import Outcome
from pledgebook.sources.source import Source
from pledgebook.sources.store import CaptureStore

from .pages import page, publish, sitemap, statement
from .site import Site

Run = Callable[..., CrawlReport]
Fetch = Callable[..., CrawlReport]


@pytest.fixture
def fetch(registered: Callable[..., Source], run: Run) -> Fetch:
    """Fetches the test site by one way of discovery."""

    def fetch_by(method: str, parse: dict[str, Any] | None = None, **way: Any) -> CrawlReport:
        rules = {"parse": parse} if parse else {}
        return run(registered(discover=[{"method": method, **way}], **rules))

    return fetch_by


@pytest.fixture
def documents(tmp_path: Path) -> Callable[[], list[Document]]:
    def parsed() -> list[Document]:
        store = CaptureStore(tmp_path / "raw")
        return [parse_capture(capture, store.read(capture)) for capture in store.captures()]

    return parsed


def titles(documents: list[Document]) -> list[str]:
    return sorted(document.title or "" for document in documents)


def expected(*numbers: int) -> list[str]:
    return [f"Readout of call {number}" for number in numbers]


def test_an_index_of_sitemaps_some_of_them_gzipped(site: Site, fetch: Fetch, documents: Any) -> None:
    publish(site, range(4))
    maps = "".join(f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in ("/a.xml", "/b.xml.gz", "/images.xml"))
    site.add("/sitemap.xml", f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>')
    site.add("/a.xml", sitemap(site.url(f"/call/{number}") for number in (0, 1)))
    zipped = gzip.compress(sitemap(site.url(f"/call/{number}") for number in (1, 2)).encode())
    site.add("/b.xml.gz", zipped, media_type="application/gzip")
    fetch("sitemap", start=[site.url("/sitemap.xml")], maps="/[ab].xml", exclude="/call/0")
    assert titles(documents()) == expected(1, 2)
    assert "/images.xml" not in site.asked()


def feed(site: Site, numbers: list[int], *, whole: bool) -> str:
    def entry(number: int) -> str:
        body = (
            f"<content:encoded><![CDATA[<p>Norland will send {number} ships.</p>]]></content:encoded>" if whole else ""
        )
        return (
            f"<item><title>Readout of call {number}</title><link>{site.url(f'/call/{number}')}</link>"
            f"<pubDate>Tue, 0{number} Feb 2026 10:00:00 +0000</pubDate><description>Teaser</description>{body}</item>"
        )

    head = '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    return f"{head}<title>News</title>{''.join(map(entry, numbers))}</channel></rss>"


def test_a_feed_in_pages_that_holds_whole_texts(site: Site, fetch: Fetch, documents: Any) -> None:
    site.add("/feed", feed(site, [6, 5], whole=True), media_type="application/rss+xml")
    site.add("/feed?paged=2", feed(site, [4, 3], whole=True), media_type="application/rss+xml")
    way = {"start": [site.url("/feed")], "pages": site.url("/feed?paged={page}"), "bodies": True}
    report = fetch("feed", **way)
    assert report.outcomes == {Outcome.NEW: 4}
    assert titles(documents()) == expected(3, 4, 5, 6)
    assert {document.text for document in documents()} == {f"Norland will send {n} ships." for n in (3, 4, 5, 6)}
    assert site.asked("/call") == []
    assert not report.pages
    assert fetch("feed", **way).outcomes == {Outcome.UNCHANGED: 4}


def test_an_entry_whose_page_is_listed_elsewhere_is_not_fetched_twice(site: Site, run: Run, source: Any) -> None:
    publish(site, [5, 6])
    site.add("/feed", feed(site, [6], whole=True), media_type="application/rss+xml")
    ways = [
        {"method": "sitemap", "start": [site.url("/sitemap.xml")]},
        {"method": "feed", "start": [site.url("/feed")], "bodies": True},
    ]
    assert run(source(discover=ways)).outcomes == {Outcome.NEW: 2}
    assert site.asked("/call") == ["/call/5"]


def test_a_site_that_answers_every_number_with_the_same_page_is_not_asked_for_ever(site: Site, fetch: Fetch) -> None:
    for number in range(1, 9):
        site.add(f"/feed?paged={number}", feed(site, [2, 1], whole=True), media_type="application/rss+xml")
    way = {"start": [site.url("/feed?paged=1")], "pages": site.url("/feed?paged={page}"), "bodies": True}
    assert fetch("feed", **way).outcomes[Outcome.NEW] == 2
    assert site.asked("/feed") == ["/feed?paged=1", "/feed?paged=2"]


def test_a_feed_of_teasers_leads_to_the_pages(site: Site, fetch: Fetch, documents: Any) -> None:
    publish(site, [1, 2])
    site.add("/feed", feed(site, [2, 1], whole=False), media_type="application/rss+xml")
    fetch("feed", start=[site.url("/feed")], bodies=True)
    assert titles(documents()) == expected(1, 2)
    assert site.asked("/call") == ["/call/2", "/call/1"]


def test_a_json_interface_with_documents_in_json(site: Site, fetch: Fetch, documents: Any) -> None:
    def results(numbers: list[int]) -> str:
        rows = [
            {"link": f"/call/{n}", "title": f"Call {n}", "public_timestamp": f"2026-02-0{n}T09:00:00Z"} for n in numbers
        ]
        return json.dumps({"results": rows, "total": 3})

    site.add("/search.json?count=2", results([3, 2]), media_type="application/json")
    site.add("/search.json?count=2&start=2", results([1]), media_type="application/json")
    site.add("/search.json?count=2&start=3", results([]), media_type="application/json")
    for number in (1, 2, 3):
        body = {"title": f"Readout of call {number}", "first_published_at": "2026-02-03T09:00:00Z"}
        told = json.dumps({**body, "details": {"body": f"<p>Norland will send {number} ships.</p>"}})
        site.add(f"/api/content/call/{number}", told, media_type="application/json; charset=utf-8")
    fetch(
        "json",
        start=[site.url("/search.json?count=2")],
        pages=site.url("/search.json?count=2&start={offset}"),
        items="results",
        link="link",
        title="title",
        date="public_timestamp",
        page=site.url("{link}"),
        fetch=site.url("/api/content{link}"),
        parse={"format": "json", "body": "details.body", "title": "title", "date": "first_published_at"},
    )
    assert titles(documents()) == expected(1, 2, 3)
    assert {document.url for document in documents()} == {site.url(f"/call/{number}") for number in (1, 2, 3)}
    assert site.asked("/call") == []


def test_a_list_of_addresses_in_the_file_and_at_an_address(site: Site, fetch: Fetch, documents: Any) -> None:
    publish(site, range(3))
    site.add("/list.txt", f"# calls\n{site.url('/call/1')}\n\n{site.url('/call/2')}\n", media_type="text/plain")
    fetch("addresses", addresses=[site.url("/call/0")], start=[site.url("/list.txt")])
    assert titles(documents()) == expected(0, 1, 2)


def warc(*pages: tuple[str, str, str]) -> tuple[bytes, list[tuple[int, int]]]:
    """A WARC file of pages (address, time, HTML), and where each record lies in it."""
    buffer, places = io.BytesIO(), []
    writer = WARCWriter(buffer, gzip=True)
    for url, moment, content in pages:
        start = buffer.tell()
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(content.encode()),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": moment},
        )
        writer.write_record(record)
        places.append((start, buffer.tell() - start))
    return buffer.getvalue(), places


def test_an_index_of_captures_with_records_by_their_range(
    site: Site, fetch: Fetch, documents: Any, tmp_path: Path
) -> None:
    url, times = "https://www.norland.example/call", ["2026-02-10T10:00:00Z", "2026-02-20T10:00:00Z"]
    content, places = warc((url, times[0], statement(1)), (url, times[1], statement(1).replace("tonnes", "tons")))
    site.add("/crawl/part-1.warc.gz", content, media_type="application/octet-stream")
    rows = [
        {
            "url": url,
            "timestamp": moment.translate({ord(mark): None for mark in "-:TZ"}),
            "status": "200",
            "mime": "text/html",
            "digest": f"D{number}",
            "filename": "crawl/part-1.warc.gz",
            "offset": str(start),
            "length": str(length),
        }
        for number, (moment, (start, length)) in enumerate(zip(times, places, strict=True))
    ]
    site.add("/index?page=0", "\n".join(map(json.dumps, rows)), media_type="text/x-ndjson")
    way = {"start": [site.url("/index?page=0")], "record": site.url("/{filename}")}
    assert fetch("cdx", **way).outcomes == {Outcome.NEW: 1, Outcome.CHANGED: 1}
    captures = CaptureStore(tmp_path / "raw").captures()
    assert sorted(f"{capture.captured_at:%Y-%m-%d}" for capture in captures) == ["2026-02-10", "2026-02-20"]
    assert titles(documents()) == expected(1, 1)
    assert max(request.sent for request in site.requests if "warc" in request.path) < len(content)
    site.requests.clear()
    fetch("cdx", **way)
    assert site.asked("/crawl") == []


def test_an_index_of_captures_with_copies_at_addresses_of_their_own(site: Site, fetch: Fetch, documents: Any) -> None:
    url = "https://www.norland.example/call"
    table = [["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]]
    table += [["k", f"2026021{n}100000", url, "text/html", "200", f"D{n}", "9"] for n in (1, 2)]
    site.add("/cdx", json.dumps(table), media_type="application/json")
    for n in (1, 2):
        site.add(f"/web/2026021{n}100000id_/{url}", statement(n))
    fetch("cdx", start=[site.url("/cdx")], snapshot=site.url("/web/{timestamp}id_/{url}"))
    assert titles(documents()) == expected(1, 2)
    assert {document.url for document in documents()} == {url}


def test_a_warc_and_a_wacz_at_an_address(site: Site, fetch: Fetch, documents: Any) -> None:
    url = "https://www.norland.example/call/{}"
    site.add(
        "/a.warc.gz", warc((url.format(1), "2026-02-10T10:00:00Z", statement(1)))[0], media_type="application/warc"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc((url.format(2), "2026-02-10T10:00:00Z", statement(2)))[0])
    site.add("/b.wacz", packed.getvalue(), media_type="application/wacz")
    fetch("warc", start=[site.url("/a.warc.gz")])
    fetch("wacz", start=[site.url("/b.wacz")])
    assert titles(documents()) == expected(1, 2)
    site.requests.clear()
    fetch("wacz", start=[site.url("/b.wacz")])
    assert [request.status for request in site.requests if request.path == "/b.wacz"] == [304]


def markdown(number: int) -> bytes:
    head = f"---\ntitle: Readout of call {number}\ndate: 2026-02-03\nsource_url: https://www.norland.example/call/{number}\n---\n"
    return f"{head}Norland will send {number} ships.\n".encode()


def test_a_tarball_of_markdown_at_an_address(site: Site, fetch: Fetch, documents: Any) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in {"a/1.md": markdown(1), "a/2.md": markdown(2), "README.md": b"What this is."}.items():
            member = tarfile.TarInfo(f"calls-3f2a91c/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    site.add("/calls/tar.gz/main", packed.getvalue(), media_type="application/x-gzip")
    report = fetch("tarball", start=[site.url("/calls/tar.gz/main")], exclude="README")
    assert report.listed == 2
    assert titles(documents()) == expected(1, 2)


def test_a_folder_on_this_machine(fetch: Fetch, documents: Any, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "1.md").write_bytes(markdown(1))
    (folder / "2.html").write_text(page("Readout of call 2", "Norland will send ships."), "utf-8")
    report = fetch("folder", start=[str(folder)])
    assert report.listed == 2
    assert titles(documents()) == expected(1, 2)
    assert {document.source for document in documents()} == {"norland"}


def test_a_file_that_is_missing_is_told_and_the_rest_is_fetched(
    site: Site, run: Run, source: Any, tmp_path: Path
) -> None:
    publish(site, [1])
    ways = [
        {"method": "folder", "start": [str(tmp_path / "nowhere")]},
        {"method": "warc", "start": [site.url("/none.warc.gz")]},
        {"method": "sitemap", "start": [site.url("/sitemap.xml")]},
    ]
    report = run(source(discover=ways))
    assert report.outcomes == {Outcome.NEW: 1}
    assert set(report.pages) == {str(tmp_path / "nowhere"), site.url("/none.warc.gz")}
