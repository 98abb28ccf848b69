"""Captures to documents: text, title, dates and whose statement it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from pledgebook.sources import Document, UnreadableDocument

Read = Callable[..., Document]


def test_markdown_with_front_matter(document: Read) -> None:
    read = document(
        "a.md",
        "---\ntitle: A\u00a0call\ndate: '2021-06-08'\npublished_time: 2021-06-08 23:30:00-04:00\n"
        "source_url: https://bidenwhitehouse.archives.gov/a/\n---\nNorland *will*\nhelp.\n\n\\###\n",
    )
    assert (read.title, read.text) == ("A call", "Norland will help.")
    assert (read.day, read.date_basis) == (date(2021, 6, 8), "publication")
    assert read.published_at is not None
    assert read.published_at.isoformat() == "2021-06-09T03:30:00+00:00"
    assert (read.publisher, read.issuer, read.licence, read.usual_language) == (
        "white-house",
        "USA",
        "US-GOV-WORK",
        "en",
    )


def test_a_page_saved_as_text_with_banner_and_footer(document: Read) -> None:
    read = document(
        "a-call-2021-06-08.txt",
        "This is historical material “frozen in time”. An invented remark.\n\nNorland will\nhelp.\n\nScroll to Top Scroll to Top\nTop",
    )
    assert read.text == "Norland will help."
    assert read.title is None
    assert (read.day, read.date_basis) == (date(2021, 6, 8), "file_name")
    assert (read.publisher, read.issuer, read.source) == ("white-house", "USA", "folder")


def test_a_document_may_say_itself_whose_it_is(document: Read) -> None:
    read = document(
        "a.md", "---\ndate: 2021-06-08\nissuer: CAN\npublisher: canada-prime-minister\nlicence: OGL\n---\nText."
    )
    assert (read.issuer, read.publisher, read.licence) == ("CAN", "canada-prime-minister", "OGL")


def test_a_page_of_nobody(document: Read) -> None:
    read = document("2021-06-08.txt", "Text.")
    assert (read.issuer, read.publisher, read.licence, read.language) == (None, "unknown", "unknown", None)


def test_who_signs_is_kept_beside_the_text(document: Read) -> None:
    read = document("2021-06-08.txt", "Jane Roe, Secretary of State\n\nNorland will help.")
    assert (read.text, read.byline) == ("Norland will help.", "Jane Roe, Secretary of State")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "---\ndate: June 8, 2021\n---\nText."),
        ("a.md", "---\npublished_time: 2021-06-08T20:00:00-04:00\n---\nText."),
        ("a.jsonl", '{"date": "2021-06-08", "text": "Text."}'),
        (
            "a.html",
            '<html><head><meta property="article:published_time" content="2021-06-08T10:00:00+00:00"></head><body><p>Text of some length.</p></body></html>',
        ),
        ("a.md", "---\nsource_url: https://www.whitehouse.gov/2021/06/08/a-call/\n---\nText."),
        ("2019-01-01.md", "---\ndate: 2021-06-08\n---\nText."),
        ("20210608-a-call.txt", "Text."),
        ("a_2021_06_08.txt", "Text."),
    ],
)
def test_where_dates_come_from(document: Read, name: str, content: str) -> None:
    assert document(name, content).day == date(2021, 6, 8)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "Text without a date."),
        ("2021-13-45.txt", "Text."),
        ("a.md", "---\ndate: June 2021\n---\nText."),
        ("a.md", "---\ndate: soon\n---\nText."),
    ],
)
def test_no_day_is_made_up(document: Read, name: str, content: str) -> None:
    read = document(name, content)
    assert (read.day, read.date_basis) == (None, None)


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        ("a.md", "---\ndate: 2031-06-08\n---\nText.", "future_date"),
        ("a.md", "---\ndate: 2021-06-08\nretrieved_at: 2021-06-01T00:00:00Z\n---\nText.", "future_date"),
        ("a.md", "---\ndate: 9999-12-31\nretrieved_at: 9999-12-31T00:00:00Z\n---\nText.", "future_date"),
        ("2021-06-08.txt", "Scroll to Top\n\n###", "no_text"),
    ],
)
def test_what_cannot_become_a_readout(document: Read, name: str, content: str, check: str) -> None:
    with pytest.raises(UnreadableDocument) as raised:
        document(name, content)
    assert raised.value.check == check


def test_letters_of_all_scripts_stay(document: Read) -> None:
    text = "Norland und Estavia — שלום — Việt Nam 𝔸 🤝 e\u0301 Łódź"
    assert document("2021-06-08.txt", text).text == text.replace("e\u0301", "é")


@pytest.mark.parametrize("name", ["2021-06-08.md", "2021-06-08.txt", "2021-06-08.html"])
def test_a_document_of_twenty_megabytes_is_read_whole(document: Read, name: str) -> None:
    sentence = "Norland and Estavia agreed to open a joint office, and Norland will pay for it in full.\n"
    read = document(name, (sentence * 23 + "\n") * 10_000)
    assert read.text.count(sentence.strip()) == 230_000
