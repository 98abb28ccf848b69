"""The pages of a site as files: what each says, and that nothing of a text gets out of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import feedparser
import polars as pl
import pytest
from lxml import html
from publishing import Publisher
from range_server import serving

from pledgebook.releases.errors import ReleaseError
from pledgebook.site import build, edition
from pledgebook.site.build import build_site
from pledgebook.site.pages import markdown


def page(site: Path, folder: str) -> html.HtmlElement:
    return html.fromstring((site / folder / "index.html").read_bytes())


def told(element: html.HtmlElement) -> str:
    """What a reader reads there, in one line."""
    return " ".join(" ".join(element.itertext()).split())


def identifier(book: Publisher, words: str) -> str:
    """The commitment of the newest version whose quote begins so."""
    return next(one for quote, one in book.ids().items() if quote.startswith(words))


def pages(site: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    for path in sorted(site.rglob("index.html")):
        yield path, html.fromstring(path.read_bytes())


def test_every_row_has_its_page(site: Path, book: Publisher) -> None:
    for table, key, folder in (("commitments", "commitment_id", "c"), ("readouts", "readout_id", "r")):
        ids = book.table(table)[key].to_list()
        assert [one for one in ids if not (site / folder / one / "index.html").exists()] == []


def test_quotes_are_marked_where_they_stand_whatever_signs_come_before(site: Path, book: Publisher) -> None:
    row = identifier(book, "will pay")
    readout = book.table("commitments").filter(pl.col("commitment_id") == row)["readout_id"][0]
    statement = page(site, f"r/{readout}")
    (mark,) = statement.xpath(f"//mark[@id='{row}']")
    quote = "will pay $5 million to Ukraine for 🏗 the <b>harbour</b>"
    assert mark.text_content() == quote
    assert [cue.text_content() for cue in mark.xpath(".//*[@class='cue']")] == ["will"]
    words = [one.text_content() for one in statement.xpath("//*[@class='words']")]
    assert words == ["🚢🚢 They met in Ōsaka.", f"The US {quote}."]
    beside = told(statement.xpath("//*[@class='beside']")[0])
    assert "For Ukraine" in beside and "5,000,000 USD" in beside
    assert page(site, f"c/{row}").xpath("string(//blockquote//mark)") != ""


def test_a_commitment_has_its_source_its_capture_and_its_citation(site: Path, book: Publisher) -> None:
    row = identifier(book, "will pay")
    shown = page(site, f"c/{row}")
    assert shown.xpath("//a[@href='https://example.org/signs']")
    assert "Captured 2026-11-01" in told(shown)
    assert f"Commitment {row} in: The Pledgebook developers (2026)" in told(shown)


def test_nothing_of_a_text_becomes_part_of_a_page(site: Path, book: Publisher) -> None:
    for path, shown in pages(site):
        scripts = shown.xpath("//script[not(@type='application/ld+json')]")
        assert [one.get("src") for one in scripts] == (
            ["explorer.js"] if path.parent.name == "explorer" and scripts else []
        )
        assert not shown.xpath("//@*[starts-with(name(), 'on')]") and not shown.xpath("//img[@src='x']"), path
        assert not [to for to in shown.xpath("//a/@href") if to.startswith("javascript:")], path
    row = identifier(book, "will open an <img")
    assert "<img src=x onerror=alert(2)> office" in page(site, f"c/{row}").text_content()
    assert "javascript:alert(3)" in page(site, f"c/{row}").text_content()


def test_a_text_that_may_not_be_republished_is_not_there_but_its_sentences_are(site: Path, book: Publisher) -> None:
    readout = book.table("readouts").filter(pl.col("licence") == "unknown")["readout_id"][0]
    shown = page(site, f"r/{readout}")
    assert "does not allow to republish" in shown.text_content()
    sentence = "It will open an office, and it will open an office again."
    assert {one.text_content() for one in shown.xpath("//*[@class='words']")} == {sentence}


def test_what_left_keeps_its_address_with_what_it_said(site: Path, book: Publisher) -> None:
    (row,) = book.table("withdrawn_rows").filter(table="commitments")["row_id"]
    shown = told(page(site, f"c/{row}"))
    assert f"{row} has left the book" in shown and "stood last in version 1.0.0" in shown
    assert "will send men to Iceland" in shown and "Captured 2026-11-01" in shown


def test_a_promise_of_nobody_named_is_told_of_whom_it_is_for(site: Path) -> None:
    kenya = told(page(site, "actors/KEN"))
    assert "will reach Kenya" in kenya and "No commitments" not in kenya.split("Promised to")[1].split("Against")[0]


def test_every_link_leads_somewhere(site: Path) -> None:
    names = {path: set(shown.xpath("//@id")) for path, shown in pages(site)}
    lost = []
    for path, shown in pages(site):
        for to in shown.xpath("//a/@href | //link/@href | //img/@src | //script/@src"):
            address, anchor = urldefrag(to)
            if urlsplit(address).scheme:
                continue
            target = (path.parent / unquote(urlsplit(address).path)).resolve() if address else path.resolve()
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (anchor and anchor not in names[target]):
                lost.append((path.relative_to(site), to))
    assert lost == []


def test_pages_load_nothing_from_elsewhere_and_forbid_it(site: Path) -> None:
    for path, shown in pages(site):
        (policy,) = shown.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';"), path
        loaded = shown.xpath("//img/@src | //script/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert not [one for one in loaded if urlsplit(one).scheme], path
        assert not shown.xpath("//*[@style] | //style"), path


def test_a_search_engine_for_datasets_finds_its_description(site: Path) -> None:
    (data,) = page(site, "").xpath("//script[@type='application/ld+json']/text()")
    dataset = json.loads(data)
    assert (dataset["@type"], dataset["version"]) == ("Dataset", "1.1.0")
    assert dataset["license"].startswith("https://creativecommons.org/")
    for file in dataset["distribution"]:
        assert (site / file["contentUrl"]).is_file()


def test_the_files_of_the_version_are_there_as_published(site: Path) -> None:
    for line in (site / "data" / "SHA256SUMS").read_text("utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((site / "data" / name).read_bytes()).hexdigest() == digest


def test_a_country_has_its_figures(site: Path) -> None:
    norway = told(page(site, "actors/NOR"))
    assert "Norway" in norway and "United States 1" in norway and "stop trade in 🐟" in norway
    ukraine = told(page(site, "actors/UKR"))
    assert "5,000,000 USD will pay $5 million to Ukraine" in ukraine
    russia = told(page(site, "actors/RUS"))
    assert "2023 1 0" in russia


def test_samples_count_in_no_figure(site: Path, book: Publisher) -> None:
    official = book.table("readouts").filter(pl.col("text_origin") == "official")
    figures = page(site, "").xpath("//*[@class='figures']//dd/text()")
    assert figures[0] == str(official.height) and figures[1] == str(official["n_commitments"].sum())
    assert json.loads((site / "explorer" / "codes.json").read_text("utf-8"))["samples"] == (
        book.table("readouts").filter(pl.col("text_origin") == "summary")["readout_id"].to_list()
    )


def test_what_is_there_to_read_is_listed_and_there(site: Path) -> None:
    listed = page(site, "about").xpath("//dt/a/text()")
    assert listed[:6] == ["Data card", "Data dictionary", "Versions", "Codebook", "Quality", "First look"]
    assert "1.1.0 (" in page(site, "about/versions").text_content()
    notebook = page(site, "about/notebooks/1-first-look")
    assert notebook.xpath("//*[@class='output']//img/@src") == ["plot-1.svg"]
    assert (site / "about/notebooks/1-first-look/plot-1.svg").read_text("utf-8").startswith("<svg")


def test_the_feed_tells_versions_and_leads_to_pages_of_the_site(site: Path) -> None:
    feed = feedparser.parse(site / "feed.xml")
    assert [entry.title for entry in feed.entries] == ["Pledgebook 1.1.0", "Pledgebook 1.0.0"]
    assert not feed.bozo and "commitments" in feed.entries[0].summary
    assert {(site / link).is_file() for link in (feed.feed.link, *(entry.link for entry in feed.entries))} == {True}


def test_a_version_on_a_web_server_makes_the_same_site(
    site: Path, book: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "NOTEBOOKS", [])
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with serving(book.place) as server:
        build_site(tmp_path / "site", releases=server.address)
    for folder in ("c", "r", "actors", "data", "statements"):
        ours, theirs = (sorted((place / folder).rglob("*.*")) for place in (site, tmp_path / "site"))
        assert [path.read_bytes() for path in ours] == [path.read_bytes() for path in theirs] and len(ours) > 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!-- a note -->\n\n# Title\n\nbody", "Title body"),
        ("<div align=center>no</div>\n\n*yes*", "yes"),
        ("", ""),
        ("<!-- a note alone -->", ""),
        ("so <script>alert(1)</script> [a](javascript:alert(2))", "so alert(1) a"),
    ],
)
def test_markdown_loses_its_html_and_nothing_else(text: str, shown: str) -> None:
    page = markdown(text)
    assert told(html.fromstring(page)) == shown
    assert "<script" not in page and "javascript:" not in page


def test_a_version_of_another_schema_is_refused_with_a_word(
    book: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition, "SCHEMA_VERSION", "2.0")
    with pytest.raises(ReleaseError, match=r"Version 1\.1\.0 has schema 1\.0, .* use the Pledgebook of that time"):
        build_site(tmp_path / "site", releases=book.place)
    assert not (tmp_path / "site").exists()


def test_without_node_there_is_no_explorer_and_the_site_says_so(
    book: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "NOTEBOOKS", [])
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    built = build_site(tmp_path / "site", "1.0.0", book.place)
    assert built.lacking == ["The explorer is missing: there is no npm; on Debian apt-get install nodejs npm."]
    assert built.version == "1.0.0"
    assert "built without the explorer" in page(tmp_path / "site", "explorer").text_content()
    assert not (tmp_path / "site" / "explorer" / "explorer.js").exists()
