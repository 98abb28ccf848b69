"""What a document says about itself: address, title, dates, language; and its body."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pledgebook.sources.decoding import decode
from pledgebook.sources.discovery.feeds import ATOM, RSS, entry_in
from pledgebook.sources.discovery.findings import UnreadableListing
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.front_matter import split_front_matter
from pledgebook.sources.html_blocks import is_whole_page
from pledgebook.sources.moments import day_in_url, to_day, to_moment

MARKDOWN, PLAIN, HTML, JSON = "text/markdown", "text/plain", "text/html", "application/json"
# A feed of one entry, as discovery cuts them out of feeds that hold whole texts.
FEEDS = (RSS, ATOM)
# Without a limit of its own the library takes today's date for one; any date it finds is judged later.
_LATEST = "2999-12-31"


@dataclass(frozen=True)
class Fields:
    """A document's statements about itself (None where it makes none), its body, and a note on how its bytes were read."""

    body: str
    url: str | None = None
    title: str | None = None
    day: date | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    retrieved_at: datetime | None = None
    language: str | None = None
    publisher: str | None = None
    issuer: str | None = None
    licence: str | None = None
    text_origin: str | None = None
    note: str | None = None


def read_fields(content: bytes, media_type: str) -> Fields:
    """The fields and the body of a document; raises UnreadableDocument."""
    if media_type in FEEDS:
        return _from_feed(content)
    decoded = decode(content)
    if media_type == MARKDOWN:
        return _from_mapping(
            *split_front_matter(decoded.text.removeprefix("\ufeff").replace("\r\n", "\n")), decoded.note
        )
    if media_type == JSON:
        return _from_json(decoded.text, decoded.note)
    if media_type == HTML and is_whole_page(decoded.text):
        return _from_page(decoded.text, decoded.note)
    return Fields(decoded.text, note=decoded.note)


def _from_json(line: str, note: str | None) -> Fields:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument("broken_json", f"the line is not valid JSON ({error}); mend or remove it") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise UnreadableDocument(
            "no_text", "the line is not a JSON object with a field `text`; add the text", column="text"
        )
    return _from_mapping(record, record["text"], note)


def _from_mapping(fields: Mapping[str, Any], body: str, note: str | None) -> Fields:
    published = _first(fields, "published_time", "published_at")
    return Fields(
        body,
        url=_text(_first(fields, "source_url", "url")),
        title=_text(fields.get("title")),
        day=to_day(fields.get("date")) or to_day(published),
        published_at=to_moment(published),
        modified_at=to_moment(_first(fields, "modified_time", "modified_at")),
        retrieved_at=to_moment(fields.get("retrieved_at")),
        language=_text(_first(fields, "language", "lang")),
        publisher=_text(fields.get("publisher")),
        issuer=_text(fields.get("issuer")),
        licence=_text(fields.get("licence")),
        text_origin=_text(fields.get("text_origin")),
        note=note,
    )


def _from_page(page: str, note: str | None) -> Fields:
    # Only whole pages need the library, which takes long to load.
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(page, date_config={"original_date": True, "extensive_search": False, "max_date": _LATEST})
    return Fields(
        page,
        url=_text(found.url),
        title=_text(found.title),
        day=to_day(found.date),
        language=_text(found.language),
        note=note,
    )


def _from_feed(content: bytes) -> Fields:
    # The language that a feed states is that of the channel, and it names a country ("en-US"); the text tells its own.
    try:
        entry = entry_in(content)
    except UnreadableListing as error:
        raise UnreadableDocument("broken_feed", f"the entry of a feed cannot be read ({error})") from error
    return Fields(
        entry.body or "",
        url=entry.url,
        title=_text(entry.title),
        # Feeds write UTC, where the evening of the publisher is the next day already.
        day=(day_in_url(entry.url) if entry.url else None) or to_day(entry.published_at),
        published_at=to_moment(entry.published_at),
        modified_at=to_moment(entry.modified_at),
    )


def _first(fields: Mapping[str, Any], *names: str) -> Any:
    return next((fields[name] for name in names if fields.get(name)), None)


def _text(value: object) -> str | None:
    # JSON may hold half of a character pair, which no file can: it becomes a question mark.
    return " ".join(str(value).encode(errors="replace").decode().split()) or None if value else None
