"""What holds for all ways: whole addresses, each once, and only those that the source wants."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pledgebook.sources.discovery import Findings, UnreadableListing

Read = Callable[..., Findings]


def urls(found: Findings) -> list[str]:
    return [document.url for document in found.documents]


def test_links_become_whole_addresses_without_fragments_each_once(read: Read) -> None:
    links = ["a", "/b#part", " ../c?d=1 ", "//www.estavia.example/e", "a#end", "https://www.norland.example/b"]
    page = "".join(f'<a href="{link}">x</a>' for link in links)
    assert urls(read("listing", page, link="a")) == [
        "https://www.norland.example/news/a",
        "https://www.norland.example/b",
        "https://www.norland.example/c?d=1",
        "https://www.estavia.example/e",
    ]


@pytest.mark.parametrize(
    "link", ["mailto:a@norland.example", "javascript:void(0)", "file:///a", "http://[x", "https://"]
)
def test_what_leads_to_no_web_page_is_no_document(read: Read, link: str) -> None:
    found = read("listing", f'<a href="{link}">x</a><a href="/calls/1">y</a>', "https://www.norland.example", link="a")
    assert "https://www.norland.example/calls/1" in urls(found)
    assert all(url.startswith("https://www.norland.example") for url in urls(found))


def test_only_wanted_addresses_are_documents(read: Read) -> None:
    page = '<a href="/calls/1">x</a><a href="/calls/photos">y</a><a href="/about">z</a>'
    assert urls(read("listing", page, link="a", include="/calls/", exclude="photos")) == [
        "https://www.norland.example/calls/1"
    ]


def test_the_filter_holds_for_whole_addresses(read: Read) -> None:
    page = '<a href="/calls/1">x</a>'
    assert len(read("listing", page, link="a", include=r"^https://www\.norland\.example/calls/").documents) == 1


def test_files_are_no_pages_to_read(read: Read) -> None:
    with pytest.raises(UnreadableListing, match="'warc' has no pages"):
        read("warc", b"WARC/1.0")


def test_a_list_of_addresses(read: Read) -> None:
    page = "\ufeff# calls\n\nhttps://www.norland.example/1\r\n  https://www.norland.example/2  \n# https://a.example/3"
    assert urls(read("addresses", page)) == ["https://www.norland.example/1", "https://www.norland.example/2"]


@pytest.mark.parametrize(
    "line", ["/calls/1", "<html>", "ftp://a.example/", "http://[x", "https://", "https://a.example/ b"]
)
def test_a_line_that_is_no_address_is_told_with_its_number(read: Read, line: str) -> None:
    with pytest.raises(UnreadableListing, match="line 3 is no web address"):
        read("addresses", f"# calls\nhttps://www.norland.example/1\n{line}\n")
