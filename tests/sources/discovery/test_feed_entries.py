"""Entries of feeds that hold whole texts: kept as documents of their own, and read from there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pledgebook.sources.discovery import Findings, UnreadableListing
from pledgebook.sources.discovery.feeds import ATOM, RSS, entry_in

from .feeds import CALL, NAMESPACES, TEXT, atom, item, rss

Read = Callable[..., Findings]


def test_a_whole_text_of_rss_can_be_kept_and_read_alone(read: Read) -> None:
    told = f"<pubDate>Tue, 03 Feb 2026 23:30:00 -0500</pubDate><description>Teaser</description>{TEXT}"
    (document,) = read("feed", rss(item(1, told)), bodies=True).documents
    assert document.media_type == RSS
    entry = entry_in(document.content or b"")
    assert (entry.url, entry.title) == (CALL + "1", "Call 1")
    assert entry.body == "<p>Norland &amp; Estavia will lay a cable.</p>"
    assert str(entry.published_at) == "2026-02-04 04:30:00+00:00"
    assert entry.modified_at is None


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ('<content type="html">&lt;p&gt;Norland will help.&lt;/p&gt;</content>', "<p>Norland will help.</p>"),
        ('<content type="text">1 &lt; 2 ships</content>', "1 &lt; 2 ships"),
        (
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Help.</p></div></content>',
            "<p>Help.</p>",
        ),
    ],
)
def test_a_whole_text_of_atom_can_be_kept_and_read_alone(read: Read, content: str, body: str) -> None:
    dates = "<published>2026-02-03T10:00:00Z</published><updated>2026-02-05T11:00:00Z</updated>"
    entry = f'<entry><title>A  call</title><link href="1"/>{dates}<summary>Teaser</summary>{content}</entry>'
    (document,) = read("feed", atom(entry, attributes=f'xml:base="{CALL}"'), bodies=True).documents
    assert document.media_type == ATOM
    alone = entry_in(document.content or b"")
    assert (alone.url, alone.title) == (CALL + "1", "A call")
    assert body in alone.body
    assert [str(alone.published_at), str(alone.modified_at)] == [
        "2026-02-03 10:00:00+00:00",
        "2026-02-05 11:00:00+00:00",
    ]


def test_markup_of_a_whole_text_is_neither_cleaned_nor_resolved(read: Read) -> None:
    body = '<div style="x"><script>a</script><a href="/b">c</a></div>'
    page = rss(
        item(1, f"<content:encoded><![CDATA[{body}]]></content:encoded>"), namespaces=f'{NAMESPACES} xml:base="{CALL}"'
    )
    (document,) = read("feed", page, bodies=True).documents
    assert entry_in(document.content or b"").body == body


def test_equal_entries_are_equal_bytes_whatever_stands_around_them(read: Read) -> None:
    first = read("feed", rss(item(2), item(1, TEXT), item(3)), bodies=True).documents[1]
    other = NAMESPACES + ' xmlns:media="http://www.norland.example/media"'
    page = '<?xml version="1.0"?>\n' + rss(
        "<ttl>5</ttl>\n", item(1, TEXT).replace("<item>", '<item xmlns:a="b">'), "\n\n", namespaces=other
    )
    (second,) = read("feed", page, bodies=True).documents
    escaped = item(
        1, "<content:encoded>&lt;p&gt;Norland &amp;amp; Estavia will lay a cable.&lt;/p&gt;</content:encoded>"
    )
    (third,) = read("feed", rss(escaped), bodies=True).documents
    assert first.content == second.content == third.content
    assert first.content is not None
    assert b"Call 2" not in first.content


@pytest.mark.parametrize(
    "teaser",
    [
        "<description>Norland will ...</description>",
        '<i:summary xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd">A</i:summary><description>Norland</description>',
        "<content:encoded>  </content:encoded>",
        '<m:content xmlns:m="http://search.yahoo.com/mrss/" url="a.jpg"><m:title>A photo</m:title></m:content>',
    ],
    ids=["description", "two summaries", "white space", "a picture"],
)
def test_a_teaser_is_no_document(read: Read, teaser: str) -> None:
    (document,) = read("feed", rss(item(1, teaser)), bodies=True).documents
    assert (document.url, document.content, document.media_type) == (CALL + "1", None, None)


def test_the_longer_of_two_texts_is_the_whole_one(read: Read) -> None:
    two = '<i:summary xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd">A</i:summary><description>Norland</description>'
    (document,) = read("feed", rss(item(1, two + TEXT)), bodies=True).documents
    assert entry_in(document.content or b"").body == "<p>Norland &amp; Estavia will lay a cable.</p>"


def test_bodies_are_kept_only_where_the_source_says_so(read: Read) -> None:
    assert read("feed", rss(item(1, TEXT))).documents[0].content is None


def test_bare_ampersands_and_names_of_html_are_read(read: Read) -> None:
    escaped = "<content:encoded>&lt;p&gt;Norland &amp;amp; Estavia&lt;/p&gt;</content:encoded>"
    page = rss(
        f"<item><title>R&D&nbsp;caf&eacute; & co</title><link>{CALL}?a=1&b=2</link>{escaped}</item>", item(2, TEXT)
    )
    first, second = read("feed", page, bodies=True).documents
    assert (first.url, first.title) == (CALL + "?a=1&b=2", "R&D café & co")
    assert entry_in(first.content or b"").body == "<p>Norland &amp; Estavia</p>"
    assert entry_in(second.content or b"").body == "<p>Norland &amp; Estavia will lay a cable.</p>"


def test_entries_that_lack_their_ends(read: Read) -> None:
    page = rss(item(1, TEXT).removesuffix("</item>"), item(2, TEXT).removesuffix("</item>"), item(3))
    first, second, third = read("feed", page, bodies=True).documents
    assert [document.title for document in (first, second, third)] == ["Call 1", "Call 2", "Call 3"]
    assert b"Call 2" not in (first.content or b"Call 2")


def test_the_last_entry_of_a_feed_that_is_cut_off_is_not_taken_as_whole(read: Read) -> None:
    body = "<content:encoded>&lt;p&gt;Norland will lay a cable to Estavia.&lt;/p&gt;</content:encoded>"
    page = rss(item(1, TEXT), item(2, body)).partition(" to Estavia")[0]
    first, second = read("feed", page, bodies=True).documents
    assert (first.content is not None, second.url, second.content) == (True, CALL + "2", None)


def test_a_module_whose_prefix_is_not_declared(read: Read) -> None:
    (document,) = read("feed", rss(item(1, TEXT), namespaces=""), bodies=True).documents
    assert entry_in(document.content or b"").body == "<p>Norland &amp; Estavia will lay a cable.</p>"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_last_entry_of_a_whole_feed_is_whole_in_any_charset(read: Read, charset: str) -> None:
    page = f'<?xml version="1.0" encoding="{charset}"?>' + rss(item(1, TEXT), item(2, TEXT))
    found = read("feed", page.encode(charset), bodies=True).documents
    assert [document.content is not None for document in found] == [True, True]


def test_the_order_in_which_a_feed_declares_its_prefixes_changes_no_entry(read: Read) -> None:
    told = f"<dc:creator>Press office</dc:creator>{TEXT}"
    one, other = (
        read("feed", rss(item(1, told), namespaces=" ".join(order)), bodies=True).documents[0].content
        for order in (NAMESPACES.split(), reversed(NAMESPACES.split()))
    )
    assert one is not None
    assert one == other


def test_entities_of_a_feed_are_not_expanded(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of-this-machine", "utf-8")
    kinds = f'<!DOCTYPE rss [<!ENTITY a "laughs"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    page = kinds + rss(item(1, "<content:encoded>&b;&f; text</content:encoded>"))
    (document,) = read("feed", page, bodies=True).documents
    body = entry_in(document.content or b"").body
    assert "text" in body
    assert "laughs" not in body
    assert "of-this-machine" not in body


@pytest.mark.parametrize("content", [b"", b"<html/>", b"Norland", rss().encode()])
def test_no_entry_is_told(content: bytes) -> None:
    with pytest.raises(UnreadableListing, match="holds no entry"):
        entry_in(content)


def test_an_entry_is_never_read_from_a_file_that_its_bytes_name(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss(item(1, TEXT)), "utf-8")
    with pytest.raises(UnreadableListing, match="holds no entry"):
        entry_in(str(path).encode())


@pytest.mark.parametrize("file", ["state-feed.rss", "whitehouse-feed.rss"])
def test_true_copies_of_feeds(read: Read, shared: Path, file: str) -> None:
    found = read("feed", (shared / "corpus" / "html" / file).read_bytes(), bodies=True).documents
    assert len(found) == 10
    for document in found:
        entry = entry_in(document.content or b"")
        assert (entry.url, entry.title) == (document.url, document.title)
        assert entry.published_at is not None and document.day == entry.published_at.date()
        assert len(entry.body) > 100
