"""Answers in JSON, with further pages by a count or by a link."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest

from pledgebook.sources.discovery import Findings, UnreadableListing

Read = Callable[..., Findings]
SEARCH = "https://www.norland.example/api/search.json?order=-day&count=2"
WAY = {
    "items": "results",
    "link": "link",
    "title": "title",
    "date": "published",
    "page": "https://www.norland.example{link}",
    "fetch": "https://www.norland.example/api/content{link}",
    "pages": "https://www.norland.example/api/search.json?order=-day&start={offset}&count=2",
}


def answer(*links: str) -> str:
    rows = [{"link": link, "title": f"Call {link}", "published": "2026-02-03T09:00:00+01:00"} for link in links]
    return json.dumps({"results": rows, "total": 5})


def test_the_documents_of_an_answer(read: Read) -> None:
    (document,) = read("json", answer("/calls/1"), SEARCH, **WAY).documents
    assert document.url == "https://www.norland.example/calls/1"
    assert document.fetch == "https://www.norland.example/api/content/calls/1"
    assert (document.title, document.day) == ("Call /calls/1", date(2026, 2, 3))


def test_pages_follow_each_other_by_the_number_of_entries_while_there_are_any(read: Read) -> None:
    (second,) = read("json", answer("/1", "/2"), SEARCH, **WAY).pages
    assert second == "https://www.norland.example/api/search.json?order=-day&start=2&count=2"
    (third,) = read("json", answer("/3", "/4"), second, **WAY).pages
    assert third == "https://www.norland.example/api/search.json?order=-day&start=4&count=2"
    (last,) = read("json", answer("/5"), third, **WAY).pages
    assert read("json", answer(), last, **WAY) == Findings()


def test_a_link_to_the_next_answer(read: Read) -> None:
    way = {"items": "rows", "link": "url", "next": "links.next"}
    page = '{"rows": [{"url": "/1"}], "links": {"next": "?cursor=abc"}}'
    assert read("json", page, **way).pages == ["https://www.norland.example/news/list?cursor=abc"]
    assert read("json", '{"rows": [], "links": {"next": null}}', **way).pages == []


def test_documents_named_by_a_number(read: Read) -> None:
    found = read("json", '[{"id": 7}]', items="@", link="id", page="https://www.norland.example/calls/{link}")
    assert [document.url for document in found.documents] == ["https://www.norland.example/calls/7"]


def test_entries_without_link_leave_the_others_and_count_as_entries(read: Read) -> None:
    rows = [{"title": "No link"}, {"link": ""}, {"link": ["/2"]}, "a call", None, {"link": "/3"}]
    found = read("json", json.dumps({"results": rows}), SEARCH, **WAY)
    assert [document.url for document in found.documents] == ["https://www.norland.example/3"]
    assert found.pages == ["https://www.norland.example/api/search.json?order=-day&start=6&count=2"]


@pytest.mark.parametrize("told", [None, 5, True, "", [], {"en": "A call"}])
def test_titles_and_days_that_are_no_text_are_not_known(read: Read, told: object) -> None:
    page = json.dumps({"results": [{"link": "/1", "title": told, "published": told}]})
    (document,) = read("json", page, SEARCH, **WAY).documents
    assert (document.title, document.day) == (None, None)


def test_half_of_a_character_pair_is_in_no_address_and_no_title(read: Read) -> None:
    rows = [{"link": "/1", "title": "A \ud83d call"}, {"link": "/\ud83d"}]
    found = read("json", json.dumps({"results": rows}), SEARCH, **WAY).documents
    assert [(document.url, document.title) for document in found] == [("https://www.norland.example/1", "A ? call")]


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32"])
def test_answers_in_other_charsets(read: Read, charset: str) -> None:
    assert len(read("json", answer("/1", "/2").encode(charset), SEARCH, **WAY).documents) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<html>Error</html>", "no JSON"),
        ('{"results": [', "no JSON"),
        ("[" * 100_000, "no JSON"),
        (b"\xff\xfe\xfd", "no JSON"),
        ('{"results": {"a": 1}}', "'results' is no list"),
        ('{"hits": []}', "'results' is no list"),
        ('{"results": [{"link": true}]}', "no entry of 'results' has 'link'"),
        ('{"results": [{"path": "/1"}, {"link": null}]}', "no entry of 'results' has 'link'"),
    ],
)
def test_another_answer_is_told(read: Read, content: str | bytes, told: str) -> None:
    with pytest.raises(UnreadableListing, match=told):
        read("json", content, SEARCH, **WAY)


@pytest.mark.parametrize(("word", "field"), [("pages", "offset"), ("page", "link"), ("fetch", "link")])
def test_a_template_without_its_field_is_told(read: Read, word: str, field: str) -> None:
    with pytest.raises(UnreadableListing, match=rf"'https://www\.norland\.example/' lacks {{{field}}}"):
        read("json", answer("/1"), SEARCH, **{**WAY, word: "https://www.norland.example/"})
