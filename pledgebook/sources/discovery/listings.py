"""Listing pages in HTML: their entries, links and days by CSS selectors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cssselect import SelectorError
from lxml import html

from pledgebook.sources.decoding import decode
from pledgebook.sources.discovery.findings import Findings, Found, UnreadableListing
from pledgebook.sources.discovery.links import joined
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.moments import to_day
from pledgebook.sources.ways import ListingDiscovery


def read_listing(discovery: ListingDiscovery, content: bytes) -> Findings:
    """The documents that a listing page links, and its next page; raises UnreadableListing when it has neither."""
    try:
        page = html.document_fromstring(decode(content).text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (UnreadableDocument, ValueError, html.etree.ParserError) as error:
        raise UnreadableListing(f"it is no page in HTML ({error})") from error
    documents = [found for entry in _entries(discovery, page) if (found := _found(discovery, entry))]
    pages = _links(page, discovery.next)[:1] if discovery.next else []
    if not documents and not pages:
        wanted = f"{discovery.item} {discovery.link}" if discovery.item else discovery.link
        raise UnreadableListing(f"no element matches {wanted!r}: the layout has changed, or it is another page")
    documents = [replace(found, url=_from_base(page, found.url)) for found in documents]
    return Findings(documents, [_from_base(page, link) for link in pages])


def _from_base(page: html.HtmlElement, link: str) -> str:
    """A link counts from the address of the element `base`, where a page has one (HTML standard, 4.2.3)."""
    base = next((element.get("href") for element in page.iter("base") if element.get("href")), "")
    return joined(base, link)


def _entries(discovery: ListingDiscovery, page: html.HtmlElement) -> list[html.HtmlElement]:
    return _select(page, discovery.item) if discovery.item else _select(page, discovery.link)


def _found(discovery: ListingDiscovery, entry: html.HtmlElement) -> Found | None:
    links = [link for link in _select(entry, discovery.link) if link.get("href")] if discovery.item else [entry]
    if not links or not links[0].get("href"):
        return None
    title = " ".join(links[0].text_content().split()) or None
    return Found(links[0].get("href"), title=title, day=_day(discovery, entry))


def _day(discovery: ListingDiscovery, entry: html.HtmlElement) -> date | None:
    elements = _select(entry, discovery.date) if discovery.date else []
    told = (told for element in elements for told in (element.get("datetime"), element.text_content()))
    return next((day for text in told if text and (day := to_day(" ".join(text.split())))), None)


def _links(page: html.HtmlElement, selector: str) -> list[str]:
    return [element.get("href") for element in _select(page, selector) if element.get("href")]


def _select(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    try:
        return list(element.cssselect(selector))
    except SelectorError as error:
        raise UnreadableListing(f"{selector!r} is no CSS selector ({error})") from error
