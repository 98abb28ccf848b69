"""Ways to discover the documents of a source, as its TOML file describes them in tables `discover`."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from pledgebook.sources.toml_types import Expression, Selector, Table


class Discovery(Table):
    """What all ways to discover documents share.

    include, exclude: regular expressions, searched in the address of a document; only those that match the first and not the
    second are documents of the source. None includes all, or excludes none.
    """

    include: str | None = None
    exclude: str | None = None

    @field_validator("include", "exclude")
    @classmethod
    def _is_a_pattern(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(f"{pattern!r} is no regular expression ({error})") from error
        return pattern

    def wants(self, address: str) -> bool:
        """Whether an address is one of the source's documents."""
        included = self.include is None or re.search(self.include, address) is not None
        return included and not (self.exclude and re.search(self.exclude, address))


class SitemapDiscovery(Discovery):
    """Sitemaps and indexes of sitemaps (sitemaps.org), plain or gzipped.

    start: their addresses; maps: a regular expression that the address of a sitemap named by an index has to match, or None.
    """

    method: Literal["sitemap"]
    start: tuple[str, ...]
    maps: str | None = None


class FeedDiscovery(Discovery):
    """RSS or Atom.

    start: addresses of feeds; pages: address of a feed's further pages with `{page}` (2, 3, ...), or None, where there are none but
    those that the feed links as `next`; bodies: whether its entries hold whole texts, so that no page has to be fetched; fetch: address
    to request instead of a document's page, with `{name}` for a named group of `include`, `{NAME}` for it in capitals; or None.
    """

    method: Literal["feed"]
    start: tuple[str, ...]
    pages: str | None = None
    bodies: bool = False
    fetch: str | None = None

    @model_validator(mode="after")
    def _fetch_has_its_groups(self) -> FeedDiscovery:
        names = re.compile(self.include or "").groupindex
        try:
            (self.fetch or "").format_map(_with_capitals(dict.fromkeys(names, "")))
        except (KeyError, ValueError, IndexError) as error:
            raise ValueError(f"fetch: {error} is no named group of `include`") from error
        return self

    def request_for(self, address: str) -> str | None:
        """The address to request instead of a document's page, or None."""
        found = re.search(self.include or "", address) if self.fetch else None
        return self.fetch.format_map(_with_capitals(found.groupdict(""))) if self.fetch and found else None


def _with_capitals(groups: dict[str, str]) -> dict[str, str]:
    return groups | {name.upper(): value.upper() for name, value in groups.items()}


class ListingDiscovery(Discovery):
    """HTML pages that list documents; all but `start` are CSS selectors.

    item: an entry, or None where only links matter; link: its link (or any link of the page); date: where the entry says
    the day; next: the link to the next page.
    """

    method: Literal["listing"]
    start: tuple[str, ...]
    item: Selector | None = None
    link: Selector
    date: Selector | None = None
    next: Selector | None = None


class JsonDiscovery(Discovery):
    """A JSON interface that lists documents; all but the addresses are JMESPath expressions.

    start: addresses of first pages; items: the list of entries; link, title, date: within an entry; page: address of a document's
    page with `{link}`; fetch: address to request instead of that page, with `{link}`, or None; pages: address of
    further pages with `{offset}` (number of entries before it), or None; next: the address of the next page, or None.
    """

    method: Literal["json"]
    start: tuple[str, ...]
    items: Expression
    link: Expression
    title: Expression | None = None
    date: Expression | None = None
    page: str = "{link}"
    fetch: str | None = None
    pages: str | None = None
    next: Expression | None = None


class AddressesDiscovery(Discovery):
    """A list of addresses: here, or one a line in a text file at the addresses `start`."""

    method: Literal["addresses"]
    addresses: tuple[str, ...] = ()
    start: tuple[str, ...] = ()


class CdxDiscovery(Discovery):
    """An index of captures: lines of CDX, of JSON (Common Crawl, pywb) or a JSON table (Wayback Machine).

    start: addresses of the answers; pages: address of further answers with `{page}` (1, 2, ...), or None; record: address of the WARC
    file with `{filename}`, from which the record is read by its range; snapshot: address of a copy with `{timestamp}` and
    `{url}`, for indexes that name no file.
    """

    method: Literal["cdx"]
    start: tuple[str, ...]
    pages: str | None = None
    record: str | None = None
    snapshot: str | None = None


class FilesDiscovery(Discovery):
    """Files that hold many documents: WARC, WACZ, a tarball of Markdown. start: addresses, or paths on this machine."""

    method: Literal["warc", "wacz", "tarball"]
    start: tuple[str, ...]


class FolderDiscovery(Discovery):
    """A folder on this machine, read like `--input`. start: paths, or globs."""

    method: Literal["folder"]
    start: tuple[str, ...]


AnyDiscovery = Annotated[
    SitemapDiscovery
    | FeedDiscovery
    | ListingDiscovery
    | JsonDiscovery
    | AddressesDiscovery
    | CdxDiscovery
    | FilesDiscovery
    | FolderDiscovery,
    Field(discriminator="method"),
]
