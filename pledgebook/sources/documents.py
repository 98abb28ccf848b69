"""A capture to a document: clean text, title, dates, publisher."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pledgebook.sources.captures import Capture
from pledgebook.sources.cleaning import Page, clean_page, tidy
from pledgebook.sources.decoding import decode
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fields import FEEDS, HTML, JSON, MARKDOWN, Fields, read_fields
from pledgebook.sources.html_blocks import article_blocks, html_blocks, is_whole_page
from pledgebook.sources.markdown_blocks import markdown_blocks
from pledgebook.sources.moments import day_in_name, day_in_url
from pledgebook.sources.page_rules import html_fields, json_blocks, json_fields, without
from pledgebook.sources.plain_blocks import plain_blocks
from pledgebook.sources.reading import stem_of
from pledgebook.sources.registry import FOLDER, SAMPLES, source_by_banner, source_named, source_of, source_of_site
from pledgebook.sources.source import HtmlRules, JsonRules, Source

PUBLICATION, FILE_NAME = "publication", "file_name"


@dataclass(frozen=True)
class Document:
    """One official document, parsed from its newest capture.

    title: None where there is none; text: blocks joined by a blank line, NFC, list items marked "- "; day, date_basis: None
    where neither document, address nor file name gives a day, else `publication`, or `file_name` when only that gave it;
    byline: who signs, where a line of its own says so; publisher, issuer: None where nothing tells them; language: as the
    document states it, or None; usual_language: of what its source publishes, or None.
    """

    source: str
    url: str | None
    title: str | None
    text: str
    day: date | None
    date_basis: str | None
    published_at: datetime | None
    publisher: str | None
    issuer: str | None
    licence: str
    language: str | None
    usual_language: str | None
    text_origin: str
    byline: str


def parse_capture(capture: Capture, content: bytes) -> Document:
    """The document in a capture's bytes; raises UnreadableDocument when it has no text or a date to come."""
    fields, blocks = _read(capture, content)
    page = clean_page(blocks)
    if not page.text:
        raise UnreadableDocument("no_text", "nothing is left of the page without its menus and footers", column="text")
    day, basis = _day(capture, fields)
    refuse_future(day, capture)
    home, origin = _home(capture, page), source_named(capture.source)
    return Document(
        source=capture.source,
        url=capture.url,
        title=tidy(fields.title or capture.title or "") or None,
        text=page.text,
        day=day,
        date_basis=basis,
        published_at=fields.published_at,
        publisher=fields.publisher or home.publisher,
        issuer=fields.issuer or home.issuer,
        licence=fields.licence or (origin.licence if origin.name == SAMPLES else home.licence),
        language=fields.language,
        usual_language=home.language,
        text_origin=fields.text_origin or "official",
        byline=" ".join(block for kind, block in page.furniture if kind == "byline"),
    )


def _read(capture: Capture, content: bytes) -> tuple[Fields, list[str]]:
    """The fields and the blocks of a capture: by the rules of its source, else by those of its site, else as any document."""
    source = source_named(capture.source)
    if isinstance(source.parse, JsonRules) and capture.media_type == JSON and not _is_our_json(capture, content):
        fields = json_fields(decode(content).text, source.parse, source.name)
        return fields, json_blocks(fields.body)
    if capture.media_type == HTML and is_whole_page(page := decode(content).text):
        ruled = _by_rules(capture, source, page)
        if ruled:
            return ruled, article_blocks(ruled.body)
    fields = read_fields(content, capture.media_type)
    if capture.media_type in FEEDS:
        unwanted = source.parse.drop if isinstance(source.parse, HtmlRules) else None
        return fields, article_blocks(without(fields.body, unwanted))
    return fields, _blocks(fields.body, capture.media_type)


def _is_our_json(capture: Capture, content: bytes) -> bool:
    """Whether a loaded document is in the JSON that `--input` takes, whatever the interface of its site answers."""
    if capture.fetched:
        return False
    try:
        read_fields(content, JSON)
    except UnreadableDocument:
        return False
    return True


def _by_rules(capture: Capture, source: Source, page: str) -> Fields | None:
    """The fields by the rules of the page's site, or None.

    Only what was fetched has to follow the rules of its source: a page that was saved to a file may be older than they are.
    """
    if isinstance(source.parse, HtmlRules) and capture.fetched:
        return html_fields(page, source.parse, source.name)
    site = source_of_site(capture.url)
    if site is None or not isinstance(site.parse, HtmlRules):
        return None
    with suppress(UnreadableDocument):
        return html_fields(page, site.parse, site.name)
    return None


def _blocks(body: str, media_type: str) -> list[str]:
    readers = {MARKDOWN: markdown_blocks, HTML: html_blocks}
    return readers.get(media_type, plain_blocks)(body)


def _home(capture: Capture, page: Page) -> Source:
    """The source whose publisher speaks: the capture's own, else by address, else by the banner of a saved page."""
    origin = source_named(capture.source)
    home = origin if origin.issuer else source_of(capture.url)
    if home.name != FOLDER:
        return home
    return next((source for _, block in page.furniture if (source := source_by_banner(block))), home)


def refuse_future(day: date | None, capture: Capture) -> None:
    """Raises UnreadableDocument `future_date` when the day lies after that of the capture."""
    # Far east of UTC the next day has begun when the capture is stamped.
    if day and day - capture.captured_at.date() > timedelta(days=1):
        reason = f"its date {day} lies after the day it was captured, {capture.captured_at.date()}; correct the date"
        raise UnreadableDocument("future_date", reason, column="date", value=day.isoformat())


def _day(capture: Capture, fields: Fields) -> tuple[date | None, str | None]:
    stated = fields.day or (day_in_url(capture.url) if capture.url else None) or capture.day
    if stated:
        return stated, PUBLICATION
    named = day_in_name(stem_of(capture.name))
    return named, FILE_NAME if named else None
