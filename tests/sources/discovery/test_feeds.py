"""RSS and Atom: entries, days, further pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pledgebook.sources.discovery import Findings, UnreadableListing
from pledgebook.sources.discovery.feeds import RSS, entry_in

from .feeds import CALL, NAMESPACES, TEXT, atom, item, rss

Read = Callable[..., Findings]


def urls(found: Findings) -> list[str]:
    return [document.url for document in found.documents]


def test_entries_of_rss(read: Read) -> None:
    found = read("feed", rss(item(1, "<pubDate>Tue, 03 Feb 2026 10:00:00 +0000</pubDate>"), item(2)))
    assert [(document.url, document.title, document.day) for document in found.documents] == [
        (CALL + "1", "Call 1", date(2026, 2, 3)),
        (CALL + "2", "Call 2", None),
    ]
    assert all(document.content is None for document in found.documents)


def test_entries_of_rss_1(read: Read) -> None:
    page = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {NAMESPACES}>
        <channel rdf:about="{CALL}"><title>News</title></channel>
        <item rdf:about="{CALL}1"><title>Call</title><link>{CALL}1</link><dc:date>2026-02-03T10:00:00Z</dc:date>{TEXT}</item>
        </rdf:RDF>"""
    (document,) = read("feed", page, bodies=True).documents
    assert (document.url, document.day, document.media_type) == (CALL + "1", date(2026, 2, 3), RSS)
    assert entry_in(document.content or b"").body == "<p>Norland &amp; Estavia will lay a cable.</p>"


def test_entries_of_atom_with_relative_links(read: Read) -> None:
    page = atom(
        '<entry><title>A</title><link rel="self" href="x"/><link href="1"/><published>2026-02-03T10:00:00Z</published></entry>',
        '<entry xml:base="2026/"><title>B</title><link href="2"/><updated>2026-02-04T10:00:00Z</updated></entry>',
        attributes='xml:base="https://www.norland.example/calls/"',
    )
    found = read("feed", page).documents
    assert [(document.url, document.day) for document in found] == [
        (CALL + "1", date(2026, 2, 3)),
        (CALL + "2026/2", None),
    ]


def test_a_relative_link_without_a_base_counts_from_the_feed(read: Read) -> None:
    assert urls(read("feed", atom('<entry><title>A</title><link href="1"/></entry>'))) == [
        "https://www.norland.example/news/1"
    ]


def test_an_entry_that_the_parser_cannot_read_leaves_the_others(read: Read) -> None:
    assert urls(read("feed", rss(item(1, '<a:b xmlns:a="no\u00a0such\u00a0name"/>'), item(2)))) == [CALL + "2"]


@pytest.mark.parametrize("before", ["\n \n", "\ufeff", "\ufeff\n"])
def test_blanks_before_a_feed(read: Read, before: str) -> None:
    assert urls(read("feed", before + '<?xml version="1.0"?>' + rss(item(1)))) == [CALL + "1"]


def test_an_entry_that_names_its_page_by_its_id(read: Read) -> None:
    assert urls(read("feed", rss(f"<item><title>A</title><guid>{CALL}1</guid></item>"))) == [CALL + "1"]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            atom('<entry><title type="html"><![CDATA[Norland&#8217;s <em>call</em>]]></title><link href="1"/></entry>'),
            "Norland’s call",
        ),
        (atom('<entry><title type="html">R&amp;amp;D &amp;lt;1&amp;gt;</title><link href="1"/></entry>'), "R&D <1>"),
        (
            atom(
                '<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>call</b></div></title><link href="1"/></entry>'
            ),
            "A call",
        ),
        (atom('<entry><title>1 &lt; 2 &amp;amp; 3</title><link href="1"/></entry>'), "1 < 2 &amp; 3"),
        (rss(item(1).replace("Call", "Norland&amp;#8217;s R&amp;amp;D,")), "Norland’s R&D, 1"),
        (rss(item(1).replace("Call", "R&amp;D for &lt;Norland&gt;,")), "R&D for <Norland>, 1"),
        (atom('<entry><title type="html"> &lt;br&gt; </title><link href="1"/></entry>'), None),
    ],
)
def test_titles_with_markup_and_without(read: Read, page: str, title: str | None) -> None:
    assert [document.title for document in read("feed", page).documents] == [title]


def test_pages_follow_each_other_while_they_hold_entries(read: Read) -> None:
    pages = "https://www.norland.example/feed/?paged={page}"
    (second,) = read("feed", rss(item(4), item(3)), "https://www.norland.example/feed/", pages=pages).pages
    assert second == "https://www.norland.example/feed/?paged=2"
    assert read("feed", rss(item(2)), second, pages=pages).pages == ["https://www.norland.example/feed/?paged=3"]
    assert read("feed", rss(), "https://www.norland.example/feed/?paged=3", pages=pages) == Findings()


def test_a_link_to_the_next_page_of_the_feed_but_not_of_an_entry(read: Read) -> None:
    entry = '<entry><title>A</title><link href="1"/><link rel="next" href="/calls/2"/></entry>'
    assert read("feed", atom(entry)).pages == []
    found = read("feed", atom(entry, attributes='xml:base="/feeds/"', links='<link rel="next" href="?page=2"/>'))
    assert found.pages == ["https://www.norland.example/feeds/?page=2"]
    channel = '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="/feed?page=2"/>'
    assert read("feed", rss(channel, item(1))).pages == ["https://www.norland.example/feed?page=2"]


def test_a_template_without_its_field_is_told(read: Read) -> None:
    with pytest.raises(UnreadableListing, match=r"lacks \{page\}"):
        read("feed", rss(item(1)), pages="https://www.norland.example/feed/")


@pytest.mark.parametrize(
    ("declared", "written"),
    [("iso-8859-1", "iso-8859-1"), ("utf-8", "cp1252"), ("iso-8859-1", "utf-8"), ("utf-16", "utf-16")],
)
def test_charsets_declared_rightly_and_wrongly(read: Read, declared: str, written: str) -> None:
    page = f'<?xml version="1.0" encoding="{declared}"?>' + rss(item(1).replace("Call", "Président Müller, appel"))
    assert [document.title for document in read("feed", page.encode(written)).documents] == [
        "Président Müller, appel 1"
    ]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("", "no XML"),
        ("Not found", "no XML"),
        ("<!doctype html><html><body>Error</body></html>", "no XML"),
        ("<html><body><p>Error</p></body></html>", "begins with <html>"),
        (rss("<item><title>Nowhere</title></item>"), "no entry of the feed has an address"),
    ],
)
def test_another_page_is_told(read: Read, page: str, told: str) -> None:
    with pytest.raises(UnreadableListing, match=told):
        read("feed", page)


@pytest.mark.parametrize("day", ["9999-12-31T23:59:59-12:00", "soon"])
def test_days_outside_the_calendar(read: Read, day: str) -> None:
    (document,) = read("feed", rss(item(1, f"<dc:date>{day}</dc:date>"))).documents
    assert (document.url, document.day) == (CALL + "1", None)
