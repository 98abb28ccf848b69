"""True copies of two sites: their feeds and article bodies give the texts that others took from the same pages."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pledgebook.sources import Capture, parse_capture
from pledgebook.sources.addresses import canonical_url
from pledgebook.sources.captures import sha256_of
from pledgebook.sources.discovery import findings
from pledgebook.sources.fields import HTML, JSON, MARKDOWN
from pledgebook.sources.moments import day_in_url
from pledgebook.sources.registry import source_named, source_of
from pledgebook.sources.ways import FeedDiscovery, ListingDiscovery

from .conftest import NOW

# A list's mark is no text, and the two converters number lists or not.
_MARK = re.compile(r"^(?:- |\(?\d{1,2}[.)] )", re.MULTILINE)
_ADDRESS = {
    "state-": re.compile(rb'"url": ?"([^"]+)"'),
    "whitehouse-": re.compile(rb"^source_url: *['\"]?([^\s'\"]+)", re.MULTILINE),
}


def text_of(url: str, media_type: str, content: bytes) -> str:
    """The text by our own reading, white space and marks of lists folded."""
    capture = Capture(source_of(url).name, url, "a.file", media_type, NOW, sha256_of(content))
    return " ".join(_MARK.sub("", parse_capture(capture, content).text).split())


def bodies(shared: Path, prefix: str) -> dict[str, bytes]:
    """The HTML bodies by canonical address. The list names some files twice: the last line is that of the file's content."""
    with (shared / "corpus" / "html" / "index.csv").open(encoding="utf-8", newline="") as file:
        urls = {row["file"]: row["url"] for row in csv.DictReader(file) if row["file"].startswith(prefix + "2")}
    return {canonical_url(url): (shared / "corpus" / "html" / name).read_bytes() for name, url in urls.items()}


def documents(shared: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    """The same publisher's documents as others keep them."""
    if prefix == "state-":
        yield from ((JSON, line) for line in (shared / "corpus" / "state-department.jsonl").read_bytes().splitlines())
    else:
        months = (shared / "corpus" / "white-house").glob("*/2021-0[56]/*.md")
        yield from ((MARKDOWN, path.read_bytes()) for path in months)


@pytest.mark.parametrize(("prefix", "comparable", "equal"), [("state-", 40, 40), ("whitehouse-", 35, 32)])
def test_article_bodies(shared: Path, prefix: str, comparable: int, equal: int) -> None:
    """Three bodies were edited by the publisher after the feed had them: one word, one letter, one semicolon."""
    taken = bodies(shared, prefix)
    compared: dict[str, bool] = {}
    for media_type, content in documents(shared, prefix):
        found = _ADDRESS[prefix].search(content)
        address = canonical_url(found[1].decode()) if found else ""
        if address in taken:
            same = text_of(address, media_type, content) == text_of(address, HTML, taken[address])
            compared[address] = compared.get(address, False) or same
    print(f"{prefix}: {len(taken)} bodies, {len(compared)} compared, {sum(compared.values())} equal")
    assert len(compared) == comparable
    assert sum(compared.values()) == equal


@pytest.mark.parametrize(
    ("name", "file"), [("state-department", "state-feed.rss"), ("white-house", "whitehouse-feed.rss")]
)
def test_feeds(shared: Path, name: str, file: str) -> None:
    """Every entry of a feed is a document of its own, dated, with a text."""
    (feed,) = (way for way in source_named(name).discover if isinstance(way, FeedDiscovery))
    found = findings(feed, feed.start[0], (shared / "corpus" / "html" / file).read_bytes()).documents
    assert len(found) == 10
    lengths = []
    for entry in found:
        assert entry.content is not None and entry.day is not None
        capture = Capture(name, entry.url, "entry", entry.media_type or "", NOW, sha256_of(entry.content))
        document = parse_capture(capture, entry.content)
        assert (document.title, document.day) == (entry.title, day_in_url(entry.url) or entry.day)
        assert document.published_at is not None
        assert not re.search(r"<[a-z/]|jQuery|addEventListener|&nbsp;", document.text), entry.url
        lengths.append(len(document.text))
    print(f"{name}: {len(found)} entries, {min(lengths)} to {max(lengths)} characters")
    assert min(lengths) > 100


def test_listings_of_the_archive_of_president_obama(shared: Path) -> None:
    (listing,) = source_named("white-house-obama").discover
    assert isinstance(listing, ListingDiscovery)
    address = "https://obamawhitehouse.archives.gov/briefing-room/press-briefings"
    for number, days in ((0, ("2016-08-04", "2016-07-19")), (5, None)):
        content = (shared / "corpus" / "html" / f"obamawh-index-{number}.html").read_bytes()
        found = findings(listing, f"{address}?page={number}", content)
        assert len(found.documents) == 10
        assert all("/the-press-office/" in document.url and document.day for document in found.documents)
        assert found.pages == [f"{address}?page={number + 1}"]
        if days:
            assert tuple(str(found.documents[place].day) for place in (0, -1)) == days
