"""Sitemaps: the three forms of the protocol, gzip, and XML that means harm."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pledgebook.sources.discovery import Findings, UnreadableListing

Read = Callable[..., Findings]
CALL = "https://www.norland.example/calls/"
NAMESPACE = ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(*entries: str, attributes: str = NAMESPACE) -> str:
    return f'<?xml version="1.0"?><urlset{attributes}>{"".join(f"<url>{entry}</url>" for entry in entries)}</urlset>'


def index(*addresses: str) -> str:
    return (
        f"<sitemapindex>{''.join(f'<sitemap><loc>{address}</loc></sitemap>' for address in addresses)}</sitemapindex>"
    )


def urls(found: Findings) -> list[str]:
    return [document.url for document in found.documents]


@pytest.mark.parametrize("attributes", [NAMESPACE, "", ' xmlns="https://www.sitemaps.org/other"'])
def test_pages_whatever_the_namespace(read: Read, attributes: str) -> None:
    found = read("sitemap", urlset(f"<loc> {CALL}1 </loc>", f"<loc>\n{CALL}2\n</loc>", attributes=attributes))
    assert urls(found) == [CALL + "1", CALL + "2"]
    assert found.pages == []


def test_a_prefix_and_a_picture_of_the_page(read: Read) -> None:
    page = f"""<s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:i="http://www.example.org/image">
        <s:url><i:image><i:loc>{CALL}1.jpg</i:loc></i:image><s:loc>{CALL}1</s:loc></s:url></s:urlset>"""
    assert urls(read("sitemap", page)) == [CALL + "1"]


def test_the_day_of_the_last_change_is_no_day_of_publication(read: Read) -> None:
    found = read("sitemap", urlset(f"<loc>{CALL}1</loc><lastmod>2026-02-03</lastmod>"))
    assert [document.day for document in found.documents] == [None]


def test_a_news_sitemap_tells_the_day(read: Read) -> None:
    news = ' xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    told = "<n:news><n:publication_date>2026-02-03T23:00:00-05:00</n:publication_date></n:news>"
    found = read("sitemap", urlset(f"<loc>{CALL}1</loc>{told}", attributes=news))
    assert [document.day for document in found.documents] == [date(2026, 2, 3)]


def test_an_index_names_further_sitemaps_and_only_those_that_match(read: Read) -> None:
    page = index("/posts-1.xml", "https://www.norland.example/posts-2.xml.gz", "/images.xml")
    found = read("sitemap", page, maps="/posts")
    assert found.documents == []
    assert found.pages == ["https://www.norland.example/posts-1.xml", "https://www.norland.example/posts-2.xml.gz"]


def test_an_index_that_lists_itself_is_returned_as_it_is(read: Read) -> None:
    address = "https://www.norland.example/sitemap.xml"
    assert read("sitemap", index(address), address).pages == [address]


def test_a_pattern_of_sitemaps_that_is_none_is_told(read: Read) -> None:
    with pytest.raises(UnreadableListing, match=r"`maps`.*no regular expression"):
        read("sitemap", index("/a.xml"), maps="(")


def test_entries_without_address_leave_the_others(read: Read) -> None:
    found = read("sitemap", urlset("<loc/>", "<loc> </loc>", "<lastmod>2026-02-03</lastmod>", f"<loc>{CALL}1</loc>"))
    assert urls(found) == [CALL + "1"]


def test_whole_addresses_each_once_and_only_those_wanted(read: Read) -> None:
    links = ["../calls/1", "/calls/1#end", "/calls/photos", "/about", "mailto:a@norland.example", "javascript:void(0)"]
    page = urlset(*(f"<loc>{link}</loc>" for link in links))
    assert urls(read("sitemap", page, include="/calls/|@|void", exclude="photos")) == [CALL + "1"]


def test_a_sitemap_without_pages(read: Read) -> None:
    assert read("sitemap", urlset()) == read("sitemap", index()) == Findings()


def test_gzip_is_known_by_its_first_bytes(read: Read) -> None:
    assert urls(read("sitemap", gzip.compress(urlset(f"<loc>{CALL}1</loc>").encode()))) == [CALL + "1"]


def test_gzip_beyond_the_limit_of_the_protocol_or_cut_off(read: Read) -> None:
    with pytest.raises(UnreadableListing, match="larger than 52,428,800 bytes"):
        read("sitemap", gzip.compress(b" " * 52_428_801))
    with pytest.raises(UnreadableListing, match="cut off"):
        read("sitemap", gzip.compress(urlset(f"<loc>{CALL}1</loc>").encode())[:-9])


def test_a_sitemap_in_plain_text(read: Read) -> None:
    assert urls(read("sitemap", f"\ufeff{CALL}1\r\n{CALL}2\r\n")) == [CALL + "1", CALL + "2"]


def test_plain_text_of_one_endless_address_is_told(read: Read) -> None:
    with pytest.raises(UnreadableListing, match="line 1 is no web address"):
        read("sitemap", "http://a" * 5000 + " b")


@pytest.mark.parametrize(
    "page", ["", "Not found", "<!doctype html><html><body>Error</body></html>", "<html/>", "<rss/>"]
)
def test_another_page_is_told(read: Read, page: str) -> None:
    with pytest.raises(UnreadableListing):
        read("sitemap", page)


def test_a_broken_sitemap_is_read_as_far_as_it_goes(read: Read) -> None:
    page = urlset(f"<loc>{CALL}?a=1&b=2&amp;c=3</loc>", f"<loc>{CALL}2</loc>").removesuffix("</url></urlset>")
    assert urls(read("sitemap", page)) == [CALL + "?a=1&b=2&c=3", CALL + "2"]


def test_names_of_elements_that_are_none(read: Read) -> None:
    assert urls(read("sitemap", urlset("<a:b:c/>", f"<x:y:z/><loc>{CALL}1</loc>"))) == [CALL + "1"]


@pytest.mark.parametrize("levels", [1, 3, 30])
def test_entities_that_multiply_are_not_expanded(read: Read, levels: int) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels + 1))
    page = f"<urlset><url><loc>{CALL}1</loc></url><url><loc>{CALL}&e{levels};</loc></url></urlset>"
    found = urls(read("sitemap", f'<!DOCTYPE urlset [<!ENTITY e0 "laughs">{entities}]>{page}'))
    assert found[0] == CALL + "1"
    assert "laughs" not in "".join(found)


def test_files_of_this_machine_are_not_read(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of-this-machine", "utf-8")
    entries = f"<url><loc>{CALL}&e;</loc></url><url><loc>{CALL}1</loc></url>"
    page = f'<!DOCTYPE urlset [<!ENTITY e SYSTEM "{secret.as_uri()}">]><urlset>{entries}</urlset>'
    assert urls(read("sitemap", page)) == [CALL + "1"]
