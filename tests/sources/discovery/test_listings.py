"""HTML pages that list documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pledgebook.sources.discovery import Findings, UnreadableListing

Read = Callable[..., Findings]
WAY = {"item": ".entry", "link": "h2 a", "date": ".day", "next": "a.next"}


def entry(link: str, title: str, day: str) -> str:
    return f'<div class="entry"><a href="/tag">Calls</a><h2><a href="{link}">{title}</a></h2>{day}</div>'


def test_entries_with_links_titles_and_days(read: Read) -> None:
    page = (
        entry("/calls/1", "A <b>call</b>\n with Estavia", '<time class="day" datetime="2026-02-03">yesterday</time>')
        + entry("/calls/2", "Another", '<p class="day">4 February 2026</p>')
        + entry("/calls/3", "No day", "")
    )
    found = read("listing", page + '<a class="next" href="?page=2">Older</a>', **WAY)
    assert [(document.url[-8:], document.title, document.day) for document in found.documents] == [
        ("/calls/1", "A call with Estavia", date(2026, 2, 3)),
        ("/calls/2", "Another", date(2026, 2, 4)),
        ("/calls/3", "No day", None),
    ]
    assert found.pages == ["https://www.norland.example/news/list?page=2"]


def test_without_entries_all_links_that_match(read: Read) -> None:
    found = read("listing", '<main><a href="/1">One</a></main><a href="/2">Two</a>', link="main a")
    assert [(document.url, document.title) for document in found.documents] == [
        ("https://www.norland.example/1", "One")
    ]


def test_links_count_from_the_base_of_the_page(read: Read) -> None:
    page = '<head><base href="/calls/"></head><a href="1">One</a><a class="next" href="?page=2">Older</a>'
    found = read("listing", page, link='a[href="1"]', next=".next")
    assert [document.url for document in found.documents] == ["https://www.norland.example/calls/1"]
    assert found.pages == ["https://www.norland.example/calls/?page=2"]


def test_blanks_and_line_breaks_around_and_in_a_link(read: Read) -> None:
    found = read("listing", '<a href=" /calls/1\n">A</a><a href="\t/calls\n/2">B</a>', link="a")
    assert [document.url[-8:] for document in found.documents] == ["/calls/1", "/calls/2"]


def test_an_entry_without_link_leaves_the_others(read: Read) -> None:
    page = '<div class="entry"><h2>Soon</h2></div><div class="entry"><h2><a>No address</a></h2></div>'
    found = read("listing", page + entry("/calls/1", "A call", ""), **WAY)
    assert [document.title for document in found.documents] == ["A call"]


@pytest.mark.parametrize(
    "told",
    [
        '<time class="day" datetime="unknown">4 February 2026</time>',
        '<i class="day">Updated</i><i class="day">4 February 2026</i>',
        '<p class="day">\n Wednesday,\n February 4, 2026 </p>',
    ],
)
def test_the_first_day_that_an_entry_tells(read: Read, told: str) -> None:
    (document,) = read("listing", entry("/calls/1", "A call", told), **WAY).documents
    assert document.day == date(2026, 2, 4)


def test_bytes_that_fit_no_charset_are_passed_over(read: Read) -> None:
    page = '<meta charset="utf-8"><a href="/1">Café</a>'.encode() + b'<a href="/2">Caf\xe9 \x81</a>'
    found = read("listing", page, link="a").documents
    assert [document.url[-2:] for document in found] == ["/1", "/2"]
    assert found[0].title == "Café"


def test_the_charset_that_a_page_declares(read: Read) -> None:
    page = '<meta charset="windows-1251"><a href="/1">Переговоры</a>'.encode("cp1251")
    assert [document.title for document in read("listing", page, link="a").documents] == ["Переговоры"]


@pytest.mark.parametrize(
    "page", ["<p>Please log in</p>", "<p>0 results</p>", '<div class="entry"><h3><a href="/1">x</a></h3></div>']
)
def test_a_page_of_another_layout_is_told(read: Read, page: str) -> None:
    with pytest.raises(UnreadableListing, match=r"no element matches '\.entry h2 a'"):
        read("listing", page, **WAY)


@pytest.mark.parametrize("page", [b"", b" \n", b"\x89PNG\x00\x01", b"<!-- -->"])
def test_what_is_no_page_is_told(read: Read, page: bytes) -> None:
    with pytest.raises(UnreadableListing, match="no page in HTML"):
        read("listing", page, **WAY)


def test_a_page_that_only_leads_on_is_a_listing(read: Read) -> None:
    found = read("listing", '<a class="next" href="?page=9">Older</a>', **WAY)
    assert (found.documents, len(found.pages)) == ([], 1)


@pytest.mark.parametrize("number", [0, 5])
def test_true_copies_of_listings(read: Read, shared: Path, number: int) -> None:
    address = f"https://obamawhitehouse.archives.gov/briefing-room/press-briefings?page={number}"
    content = (shared / "corpus" / "html" / f"obamawh-index-{number}.html").read_bytes()
    way = {
        "item": ".views-row",
        "link": ".views-field-title a",
        "date": ".views-field-created",
        "next": ".pager-next a",
    }
    found = read("listing", content, address, include="/the-press-office/", **way)
    assert len(found.documents) == 10
    assert all(document.title and document.day for document in found.documents)
    assert found.pages == [address.replace(f"page={number}", f"page={number + 1}")]
