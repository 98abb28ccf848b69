"""Ways to discover documents: what a sitemap, a feed, a listing, an answer in JSON or an index of captures names.

Each is a plain function of the bytes of one page; what is fetched, in which order and how often, is the crawler's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urldefrag

from pledgebook.sources.discovery.address_lists import read_address_list
from pledgebook.sources.discovery.cdx import read_cdx
from pledgebook.sources.discovery.feeds import read_feed
from pledgebook.sources.discovery.findings import Findings, Found, UnreadableListing
from pledgebook.sources.discovery.json_interfaces import read_json
from pledgebook.sources.discovery.links import is_web_address, joined
from pledgebook.sources.discovery.listings import read_listing
from pledgebook.sources.discovery.sitemaps import read_sitemap
from pledgebook.sources.ways import (
    AddressesDiscovery,
    AnyDiscovery,
    CdxDiscovery,
    FeedDiscovery,
    JsonDiscovery,
    ListingDiscovery,
    SitemapDiscovery,
)

__all__ = ["Findings", "Found", "UnreadableListing", "findings"]


def findings(discovery: AnyDiscovery, address: str, content: bytes) -> Findings:
    """What a page at an address names: the documents that the source wants, each once, and further pages.

    Raises UnreadableListing when it is no page of the kind that the way of discovery reads.
    """
    found = _read(discovery, address, content)
    documents = [document for document in _resolved(found.documents, address) if discovery.wants(document.url)]
    if isinstance(discovery, FeedDiscovery) and discovery.fetch:
        documents = [replace(document, fetch=discovery.request_for(document.url)) for document in documents]
    pages = dict.fromkeys(page for page in (_resolve(page, address) for page in found.pages) if page)
    return Findings(
        list({(document.url, document.fetch, document.part): document for document in documents}.values()), list(pages)
    )


def _read(discovery: AnyDiscovery, address: str, content: bytes) -> Findings:
    match discovery:
        case SitemapDiscovery():
            return read_sitemap(discovery, content)
        case FeedDiscovery():
            return read_feed(discovery, address, content)
        case ListingDiscovery():
            return read_listing(discovery, content)
        case JsonDiscovery():
            return read_json(discovery, address, content)
        case AddressesDiscovery():
            return read_address_list(content)
        case CdxDiscovery():
            return read_cdx(discovery, address, content)
    raise UnreadableListing(f"the way {discovery.method!r} has no pages to read")


def _resolved(documents: Iterable[Found], address: str) -> Iterator[Found]:
    for document in documents:
        url = _resolve(document.url, address)
        if url:
            yield replace(document, url=url, fetch=_request(document.fetch, address))


def _request(fetch: str | None, address: str) -> str | None:
    """The whole address to request; a template that makes none must not lead to the page of the document itself."""
    request = _resolve(fetch, address) if fetch else None
    if fetch and not request:
        raise UnreadableListing(f"the source's templates give no web address to fetch: {fetch[:80]!r}")
    return request


def _resolve(link: str, address: str) -> str | None:
    """The whole address of a link, its fragment aside; None when it leads to no web page."""
    url = joined(address, link)
    return urldefrag(url).url if is_web_address(url) else None
