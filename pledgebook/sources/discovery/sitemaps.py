"""Sitemaps (sitemaps.org, protocol 0.9): lists of pages, indexes of such lists, and plain lists of addresses."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from pledgebook.sources.content_coding import decoded
from pledgebook.sources.discovery.address_lists import read_address_list
from pledgebook.sources.discovery.findings import Findings, Found, UnreadableListing
from pledgebook.sources.discovery.xml import child_text, local_name, parse_xml
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.moments import to_day
from pledgebook.sources.ways import SitemapDiscovery

_GZIP = b"\x1f\x8b"
# The protocol allows 50 MB for an uncompressed sitemap.
_LARGEST = 52_428_800
_BEFORE_TEXT = b"\xef\xbb\xbf \t\r\n"


def read_sitemap(discovery: SitemapDiscovery, content: bytes) -> Findings:
    """The pages of a sitemap, or the sitemaps of an index. `lastmod` tells of the last change and is no day of publication."""
    content = _unpacked(content)
    if content.lstrip(_BEFORE_TEXT).startswith(b"http"):
        return read_address_list(content)
    root = parse_xml(content)
    if local_name(root) == "sitemapindex":
        maps = [place for entry in root if (place := child_text(entry, "loc"))]
        return Findings(pages=[place for place in maps if _is_wanted(discovery.maps, place)])
    if local_name(root) != "urlset":
        raise UnreadableListing(f"it is no sitemap: it begins with <{local_name(root)}>")
    return Findings([Found(place, day=_day(entry)) for entry in root if (place := child_text(entry, "loc"))])


def _is_wanted(maps: str | None, place: str) -> bool:
    try:
        return maps is None or re.search(maps, place) is not None
    except re.error as error:
        raise UnreadableListing(f"the source's `maps` {maps!r} is no regular expression ({error})") from error


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(_GZIP):
        return content
    try:
        return decoded(content, "gzip", _LARGEST)
    except UnreadableDocument as problem:
        raise UnreadableListing(problem.reason) from problem


def _day(entry: etree._Element) -> date | None:
    """The day that an entry of a news sitemap states (Google's extension `news`)."""
    news = next((child for child in entry if local_name(child) == "news"), None)
    return to_day(child_text(news, "publication_date")) if news is not None else None
