"""RSS and Atom: entries as documents, and entries that hold a whole document themselves."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from pledgebook.sources.decoding import decode
from pledgebook.sources.discovery.feed_entries import ENTRIES, Entry, cut_out, entry_in, holds_text
from pledgebook.sources.discovery.findings import Findings, Found, UnreadableListing
from pledgebook.sources.discovery.links import joined
from pledgebook.sources.discovery.paging import filled, number_in
from pledgebook.sources.discovery.xml import local_name, parse_xml
from pledgebook.sources.ways import FeedDiscovery

__all__ = ["ATOM", "RSS", "Entry", "entry_in", "read_feed"]

RSS, ATOM = "application/rss+xml", "application/atom+xml"
_FEEDS = ("rss", "RDF", "feed")


def read_feed(discovery: FeedDiscovery, address: str, content: bytes) -> Findings:
    """The entries of a feed, and its next page; a feed that is broken is read as far as it goes."""
    root = parse_xml(content)
    if local_name(root) not in _FEEDS:
        raise UnreadableListing(f"it is no feed: it begins with <{local_name(root)}>")
    entries = [element for element in root.iter(etree.Element) if local_name(element) in ENTRIES]
    documents = [found for entry in entries if (found := _found(entry, discovery.bodies))]
    if entries and not documents:
        raise UnreadableListing("no entry of the feed has an address")
    if documents and not _has_its_end(root, decode(content).text):
        documents[-1] = replace(documents[-1], content=None, media_type=None)
    return Findings(documents, _further(discovery, address, root, bool(entries)))


def _has_its_end(root: etree._Element, text: str) -> bool:
    """Whether a feed came to its end; of one that is cut off, the text of the last entry may be cut off too."""
    return re.search(rf"</(?:\w+:)?{local_name(root)}\s*>", text) is not None


def _found(element: etree._Element, bodies: bool) -> Found | None:
    alone = cut_out(element)
    try:
        entry = entry_in(alone)
    except UnreadableListing:
        return None
    if not entry.url:
        return None
    found = Found(entry.url, title=entry.title, day=entry.published_at.date() if entry.published_at else None)
    if not (bodies and entry.body and holds_text(element)):
        return found
    return replace(found, content=alone, media_type=ATOM if local_name(element) == "entry" else RSS)


def _further(discovery: FeedDiscovery, address: str, root: etree._Element, held_entries: bool) -> list[str]:
    linked = [
        joined(element.base or "", element.get("href"))
        for element in root.iter()
        if local_name(element) == "link" and element.get("rel") == "next" and element.get("href")
        if local_name(element.getparent()) not in ENTRIES
    ]
    if linked or not discovery.pages or not held_entries:
        return linked[:1]
    return [filled(discovery.pages, page=number_in(discovery.pages, "page", address, 1) + 1)]
