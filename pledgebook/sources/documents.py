"""A capture to a document: clean text, title, dates, publisher."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pledgebook.sources.captures import Capture
from pledgebook.sources.cleaning import ITEM, Page, clean_page, tidy
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fields import HTML, MARKDOWN, Fields, read_fields
from pledgebook.sources.html_blocks import html_blocks
from pledgebook.sources.markdown_blocks import markdown_blocks
from pledgebook.sources.moments import day_in_name, day_in_url
from pledgebook.sources.plain_blocks import plain_blocks
from pledgebook.sources.reading import stem_of
from pledgebook.sources.registry import FOLDER, SAMPLES, Source, source_by_banner, source_named, source_of

PUBLICATION, FILE_NAME = "publication", "file_name"
_SENTENCE = re.compile(r".+?[.!?][”\"’)]*(?=\s+[A-Z“\"]|$)", re.DOTALL)
_ENDS_IN_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|St|Gen|Sen|Rep|Gov|Jr|Sr|No|U\.S|U\.K|U\.N|D\.C)\.|\b[A-Z]\.)$"
)
_LONGEST_TITLE = 300


@dataclass(frozen=True)
class Document:
    """One official document, parsed from its newest capture.

    text: blocks joined by a blank line, NFC, list items marked "- "; title_derived: the title is the first sentence,
    because the document has none; date_basis: `publication`, or `file_name` when only that gave a day;
    byline: who signs, where a line of its own says so; publisher, issuer, language: None where nothing tells them;
    note: what had to be assumed to read the bytes, or None.
    """

    source: str
    url: str | None
    title: str
    title_derived: bool
    text: str
    day: date
    date_basis: str
    published_at: datetime | None
    publisher: str | None
    issuer: str | None
    licence: str
    language: str | None
    text_origin: str
    byline: str
    note: str | None


def parse_capture(capture: Capture, content: bytes) -> Document:
    """The document in a capture's bytes; raises UnreadableDocument when it has no text, no date or a date to come."""
    fields = read_fields(content, capture.media_type)
    page = clean_page(_blocks(fields.body, capture.media_type))
    if not page.text:
        raise UnreadableDocument("no_text", "nothing is left of the page without its menus and footers", column="text")
    day, basis = _day(capture, fields)
    home, origin = _home(capture, page), source_named(capture.source)
    title = tidy(fields.title or capture.title or "")
    return Document(
        source=capture.source,
        url=capture.url,
        title=title or _first_sentence(page.text),
        title_derived=not title,
        text=page.text,
        day=day,
        date_basis=basis,
        published_at=fields.published_at,
        publisher=home.publisher,
        issuer=fields.issuer or home.issuer,
        licence=origin.licence if origin.name == SAMPLES else home.licence,
        language=fields.language or home.language,
        text_origin=fields.text_origin or "official",
        byline=" ".join(block for kind, block in page.furniture if kind == "byline"),
        note=fields.note,
    )


def _blocks(body: str, media_type: str) -> list[str]:
    readers = {MARKDOWN: markdown_blocks, HTML: html_blocks}
    return readers.get(media_type, plain_blocks)(body)


def _home(capture: Capture, page: Page) -> Source:
    """The source whose publisher speaks: by address, else by the banner of a saved page."""
    home = source_of(capture.url)
    if home.name != FOLDER:
        return home
    return next((source for _, block in page.furniture if (source := source_by_banner(block))), home)


def _day(capture: Capture, fields: Fields) -> tuple[date, str]:
    stated = fields.day or (day_in_url(capture.url) if capture.url else None) or capture.day
    day, basis = (stated, PUBLICATION) if stated else (day_in_name(stem_of(capture.name)), FILE_NAME)
    if day is None:
        reason = "no date in the document, its address or its file name; add `date: YYYY-MM-DD` to its front matter or its name"
        raise UnreadableDocument("no_date", reason, column="date")
    # Far east of UTC the next day has begun when the capture is stamped.
    if day > capture.captured_at.date() + timedelta(days=1):
        reason = f"its date {day} lies after the day it was captured, {capture.captured_at.date()}; correct the date"
        raise UnreadableDocument("future_date", reason, column="date", value=day.isoformat())
    return day, basis


def _first_sentence(text: str) -> str:
    """The first sentence of a text, which stands in for a missing title."""
    block = text.partition("\n\n")[0].removeprefix(ITEM)
    end = 0
    for match in _SENTENCE.finditer(block):
        end = match.end()
        if not _ENDS_IN_ABBREVIATION.search(match.group()):
            break
    sentence = block[:end] if end else block
    return sentence if len(sentence) <= _LONGEST_TITLE else f"{sentence[: _LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"
