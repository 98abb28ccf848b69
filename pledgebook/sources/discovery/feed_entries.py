"""One entry of RSS or Atom: cut out of its feed, so that it can be kept as a document of its own, and read from there."""

from __future__ import annotations

from calendar import timegm
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from time import struct_time
from typing import Any

import feedparser
from lxml import etree, html

from pledgebook.sources.discovery.findings import UnreadableListing
from pledgebook.sources.discovery.xml import local_name

ENTRIES = ("item", "entry")
_ATOM = "http://www.w3.org/2005/Atom"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# The element of the RSS module `content`, also where a feed forgets to say what its prefix means; and XHTML in RSS.
_WHOLE_TEXTS = ("encoded", "content:encoded", "body")
# As the parser calls titles with markup: those that Atom declares, and those of RSS that look like it.
_MARKUP = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True)
class Entry:
    """One entry. body: HTML, empty where the entry holds only a teaser; published_at, modified_at: UTC; None where it tells nothing."""

    url: str | None
    title: str | None
    body: str
    published_at: datetime | None
    modified_at: datetime | None
    language: str | None


def entry_in(content: bytes) -> Entry:
    """The entry of a feed that holds just one; raises UnreadableListing when there is none."""
    try:
        # As a stream: bytes alone are taken for the name of a file on this machine, if there is one.
        parsed = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except ValueError as error:  # of the parser itself, for namespaces with odd spaces in their names
        raise UnreadableListing(f"the feed cannot be read ({error})") from error
    if not parsed.entries:
        raise UnreadableListing("the feed holds no entry")
    entry = parsed.entries[0]
    published, modified = _moment(entry.get("published_parsed")), None
    if "updated" in entry:
        modified = _moment(entry.get("updated_parsed"))
    if published is None and parsed.version.startswith("rss"):
        # The parser takes `dc:date` for a change; in RSS, which has no other word for a change, it is of publication.
        published, modified = modified, None
    return Entry(
        url=entry.get("link"),
        title=_title(entry),
        body=_body(entry),
        published_at=published,
        modified_at=modified,
        language=parsed.feed.get("language"),
    )


def cut_out(element: etree._Element) -> bytes:
    """The feed that holds an entry alone: the same bytes for the same entry, whatever stands around it."""
    entry = deepcopy(element)
    entry.tail = None
    for inner in list(entry.iterdescendants(etree.Element)):
        if local_name(inner) in ENTRIES:  # it follows an entry that lacks its end
            inner.getparent().remove(inner)
    etree.cleanup_namespaces(entry)
    if element.base:
        entry.set(_BASE, element.base)
    inside = etree.tostring(entry, encoding="unicode")
    if local_name(element) == "entry":
        alone = f'<feed xmlns="{element.nsmap.get(element.prefix) or _ATOM}">{inside}</feed>'
    else:
        alone = f'<rss version="2.0"><channel>{inside}</channel></rss>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{alone}\n'.encode()


def holds_text(element: etree._Element) -> bool:
    """Whether an entry has an element for its whole text. Two summaries, of which the parser takes one for it, are none."""
    own_content = element.tag.removesuffix(local_name(element)) + "content"
    return any(local_name(child) in _WHOLE_TEXTS or child.tag == own_content for child in element)


def _body(entry: Any) -> str:
    """The whole text of an entry, as HTML. A description alone is a teaser, and so is the shorter of two texts."""
    contents = [_as_html(content) for content in entry.get("content", ())]
    return max((content for content in contents if content.strip()), key=len, default="")


def _as_html(content: Any) -> str:
    value = str(content.get("value", ""))
    return escape(value) if content.get("type") == "text/plain" else value


def _title(entry: Any) -> str | None:
    title = entry.get("title") or ""
    if entry.get("title_detail", {}).get("type") in _MARKUP:
        title = html.document_fromstring(f"<div>{title}</div>").text_content()
    return " ".join(title.split()) or None


def _moment(parsed: struct_time | None) -> datetime | None:
    with suppress(ValueError, OverflowError):  # a time zone may lead out of the calendar
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    return None
