"""Every source with discovery reads an invented listing and an invented page of its site as expected.

`layouts/<name>/` holds, for each way to discover, a page that lists documents (`listing.html`, `feed.xml`, `sitemap.xml`, `search.json`,
and `index.xml` for an index of sitemaps), a document (`page.*`), and `expected.toml`, which says what is to be read.
"""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from pledgebook.sources import Capture, Source, UnreadableDocument, parse_capture, source_named, sources
from pledgebook.sources.captures import sha256_of
from pledgebook.sources.discovery import findings
from pledgebook.sources.fields import FEEDS, HTML, JSON, MARKDOWN
from pledgebook.sources.ways import FeedDiscovery

LAYOUTS = Path(__file__).with_name("layouts")
LISTINGS = {"listing": "listing.html", "feed": "feed.xml", "sitemap": "sitemap.xml", "json": "search.json"}
MEDIA_TYPES = {".html": HTML, ".json": JSON, ".xml": FEEDS[0], ".md": MARKDOWN}
DISCOVERED = [name for name, source in sources().items() if source.discover]
LISTED = [
    (name, place)
    for name in DISCOVERED
    for place, discovery in enumerate(sources()[name].discover)
    if discovery.method in LISTINGS
]
PAGES = [path for path in sorted(LAYOUTS.glob("*/page.*")) if path.suffix in MEDIA_TYPES]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"


def expected(name: str) -> dict[str, Any]:
    return tomllib.loads((LAYOUTS / name / "expected.toml").read_text("utf-8"))


def capture_of(source: str, url: str, media_type: str, content: bytes) -> Capture:
    """A capture as a crawl makes it."""
    name = url.rstrip("/").rpartition("/")[2]
    return Capture(source, url, name, media_type, NOW, sha256_of(content), fetched=True)


@pytest.mark.parametrize("name", DISCOVERED)
def test_a_source_with_discovery_has_its_test_pages(name: str) -> None:
    methods = {discovery.method for discovery in source_named(name).discover if discovery.method in LISTINGS}
    assert methods <= expected(name).keys()
    assert "page" in expected(name)
    assert list((LAYOUTS / name).glob("page.*"))


def test_test_pages_belong_to_a_source() -> None:
    assert {path.name for path in LAYOUTS.iterdir()} <= set(DISCOVERED)


@pytest.mark.parametrize(("name", "place"), LISTED)
def test_discovery(name: str, place: int) -> None:
    discovery = source_named(name).discover[place]
    wanted = expected(name)[discovery.method]
    found = findings(discovery, discovery.start[0], (LAYOUTS / name / LISTINGS[discovery.method]).read_bytes())
    assert len(found.documents) == wanted["documents"]
    assert found.documents[0].url == wanted["first"]
    assert found.pages == wanted["next"]
    if "day" in wanted:
        assert found.documents[0].day == wanted["day"]
    if "fetch" in wanted:
        assert found.documents[0].fetch == wanted["fetch"]


@pytest.mark.parametrize("path", sorted(LAYOUTS.glob("*/index.xml")), ids=lambda path: path.parent.name)
def test_an_index_of_sitemaps(path: Path) -> None:
    discovery = next(way for way in source_named(path.parent.name).discover if way.method == "sitemap")
    found = findings(discovery, discovery.start[0], path.read_bytes())
    assert (found.documents, found.pages) == ([], expected(path.parent.name)["index"]["next"])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.suffix[1:]}")
def test_a_page(path: Path) -> None:
    name = path.parent.name
    source, wanted, content = source_named(name), expected(name)["page"], path.read_bytes()
    document = parse_capture(capture_of(name, wanted["url"], MEDIA_TYPES[path.suffix], content), content)
    assert (document.title, document.text) == (wanted["title"], wanted["text"])
    assert (document.day, document.date_basis) == (wanted["day"], "publication")
    if "published_at" in wanted:
        assert document.published_at == wanted["published_at"]
    assert (document.publisher, document.issuer) == (source.publisher, source.issuer)
    assert (document.licence, document.usual_language) == (source.licence, "en")


@pytest.mark.parametrize(
    "discovery",
    [pytest.param(way, id=name) for name in DISCOVERED for way in sources()[name].discover if way.method == "feed"],
)
def test_a_document_that_a_feed_holds_is_the_one_on_its_page(discovery: FeedDiscovery) -> None:
    name = next(name for name in DISCOVERED if discovery in sources()[name].discover)
    found = findings(discovery, discovery.start[0], (LAYOUTS / name / "feed.xml").read_bytes()).documents[0]
    assert (found.content is not None) == discovery.bodies
    if found.content is not None:
        document = parse_capture(capture_of(name, found.url, found.media_type or "", found.content), found.content)
        assert document.text == expected(name)["page"]["text"]


@pytest.mark.parametrize(
    "name", [name for name in DISCOVERED if getattr(sources()[name].parse, "format", None) == "html"]
)
def test_a_fetched_page_of_another_layout_is_reported(name: str) -> None:
    url = expected(name)["page"]["url"]
    content = b"<!DOCTYPE html><html><body><div class='brand-new'><p>Norland will help Estavia.</p></div></body></html>"
    with pytest.raises(UnreadableDocument) as raised:
        parse_capture(capture_of(name, url, HTML, content), content)
    assert raised.value.check == "layout_changed"
    assert f"pledgebook sources check {name}" in raised.value.reason


def example() -> str:
    """The TOML of the section `Add a source`, as it stands there."""
    return CONTRIBUTING.read_text("utf-8").split("## Add a source")[1].split("```toml\n")[1].split("```")[0]


def test_a_new_government_is_one_toml_file_and_a_test_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "norland.toml").write_text(example(), "utf-8")
    assert len(example().splitlines()) <= 11
    monkeypatch.setenv("PLEDGEBOOK_SOURCES", str(tmp_path))
    source: Source = source_named("norland")
    listing = b"""<!doctype html><html><body><ul><li class="news"><a href="/news/a-cable">A cable</a></li></ul>
        <a class="next" href="?page=2">Older</a></body></html>"""
    found = findings(source.discover[0], source.discover[0].start[0], listing)
    assert [document.url for document in found.documents] == ["https://www.norland.example/news/a-cable"]
    assert found.pages == ["https://www.norland.example/news?page=2"]
    content = b"""<!doctype html><html><body><nav><p>Menu</p></nav><h1>A cable</h1><time>1 April 2026</time>
        <div class="text"><p>Norland will lay a cable to Estavia.</p></div><p>Subscribe</p></body></html>"""
    document = parse_capture(capture_of("norland", found.documents[0].url, HTML, content), content)
    assert (document.title, document.day) == ("A cable", date(2026, 4, 1))
    assert (document.text, document.source) == ("Norland will lay a cable to Estavia.", "norland")
