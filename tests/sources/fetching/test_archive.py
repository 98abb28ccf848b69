"""The raw archive of what was fetched: complete, readable by others, and never in want of its index."""

from __future__ import annotations

import gzip
import logging
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.recorder import Outcome
from pledgebook.sources.loading import load_documents
from pledgebook.sources.source import Source
from pledgebook.sources.store import CaptureStore

from .pages import publish, statement
from .site import Site

Run = Callable[..., CrawlReport]


def warc_files(folder: Path) -> list[Path]:
    return sorted((folder / "raw").glob("*/*.warc.gz"))


def records(path: Path) -> list[tuple[str, str | None, bytes]]:
    """Type, address and HTTP payload of each record, as another reader of WARC sees them, digests verified."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            assert record.verify_block_digest()
            kind, address = record.headers["WARC-Type"], record.headers.get("WARC-Target-URI")
            if kind in ("response", "revisit"):
                record.parse_http()
            found.append((kind, address, record.reader.read()))
    return found


def test_another_reader_finds_requests_responses_and_revisits(site: Site, run: Run, tmp_path: Path) -> None:
    publish(site, range(3))
    run()
    run()
    first, second = (records(path) for path in warc_files(tmp_path))
    assert Counter(kind for kind, *_ in first) == {"warcinfo": 1, "response": 4, "request": 4}
    assert Counter(kind for kind, *_ in second) == {"warcinfo": 1, "revisit": 4, "request": 4}
    bodies = {address: body for kind, address, body in first if kind == "response"}
    assert bodies[site.url("/call/1")].decode() == statement(1)


def test_a_page_without_validators_is_kept_once_though_it_is_sent_again(site: Site, run: Run, tmp_path: Path) -> None:
    publish(site, range(1))
    for page in site.pages.values():
        page.validated = False
    run()
    report = run()
    assert report.outcomes == {Outcome.UNCHANGED: 1}
    assert Counter(kind for kind, *_ in records(warc_files(tmp_path)[1]))["revisit"] == 2


def test_compressed_pages_are_kept_as_received_and_read_as_text(site: Site, run: Run, tmp_path: Path) -> None:
    publish(site, range(1))
    body = gzip.compress(statement(7).encode(), mtime=0)
    site.add("/call/0", body, headers={"Content-Encoding": "gzip"})
    run()
    store = CaptureStore(tmp_path / "raw")
    assert [store.read(capture) for capture in store.newest()] == [statement(7).encode()]
    assert body in [payload for kind, _, payload in records(warc_files(tmp_path)[0]) if kind == "response"]


def test_the_index_is_made_again_from_the_files_alone(site: Site, run: Run, tmp_path: Path) -> None:
    publish(site, range(3))
    run()
    del site.pages["/call/2"]
    run()
    store = CaptureStore(tmp_path / "raw")
    captures = store.captures()
    answers = [store.answers(capture.address) for capture in captures]
    store.close()
    (tmp_path / "raw" / "index.sqlite").unlink()
    again = CaptureStore(tmp_path / "raw")
    assert again.captures() == captures
    assert [again.answers(capture.address) for capture in captures] == answers
    assert [len(told) for told in answers] == [2, 2, 2]


@pytest.mark.parametrize("missing", [1, 9, 300])
def test_a_torn_last_record_is_cut_off_and_fetched_again(
    site: Site, run: Run, tmp_path: Path, missing: int, caplog: pytest.LogCaptureFixture
) -> None:
    publish(site, range(3))
    run()
    (path,) = warc_files(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[:-missing])
    (tmp_path / "raw" / "index.sqlite").unlink()
    (tmp_path / "raw" / "crawl.sqlite").unlink()
    with caplog.at_level(logging.WARNING):
        run()
    assert "torn" in caplog.text
    assert path.read_bytes() == content[: len(path.read_bytes())]
    store = CaptureStore(tmp_path / "raw")
    assert sorted(store.read(capture) for capture in store.newest()) == [statement(n).encode() for n in range(3)]


def test_files_of_a_crawl_can_be_loaded_elsewhere_without_its_listing_pages(
    site: Site, run: Run, source: Callable[..., Source], tmp_path: Path
) -> None:
    publish(site, range(2))
    links = "".join(f'<a href="/call/{number}">Call</a>' for number in range(2))
    site.add("/news", f"<html><body>{links}</body></html>")
    run(source(discover=[{"method": "listing", "start": [site.url("/news")], "link": "a"}]))
    loaded = load_documents(warc_files(tmp_path), CaptureStore(tmp_path / "other"), datetime.now(UTC))
    assert sorted(capture.url or "" for capture in loaded.captures) == [site.url("/call/0"), site.url("/call/1")]
    assert loaded.skipped.is_empty()
