"""What the TOML file of a source says: who speaks, under which licence, how its documents are discovered and parsed.

A file with a word that is not known here, or a value of the wrong kind, is refused with its name and the place in it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pledgebook.sources.toml_types import Expression, Selector, Table
from pledgebook.sources.ways import AnyDiscovery


class HtmlRules(Table):
    """Where a page holds what; CSS selectors.

    body: the elements that hold the text; drop: elements inside to leave out; title, date: the first element that matches;
    attribute: of the date's element, where the day stands in an attribute and not in the text.
    """

    format: Literal["html"]
    body: Selector
    drop: Selector | None = None
    title: Selector | None = None
    date: Selector | None = None
    attribute: str | None = None


class JsonRules(Table):
    """Where a JSON document holds what; JMESPath expressions. body: HTML or plain text; modified: of its last change."""

    format: Literal["json"]
    body: Expression
    title: Expression | None = None
    date: Expression | None = None
    modified: Expression | None = None


class Source(Table):
    """A channel that readouts come through.

    name: its code; title: for readers; publisher: code of who publishes; issuer: actor code of the state or organisation that
    speaks; licence: code of the licence of its texts; licence_url: where the publisher states it; language: BCP 47. None where the
    document itself has to say. hosts: canonical hosts of its addresses; sites: hosts whose pages have the layout that `parse`
    describes; banners: openings of lines by which a page without address is known.
    checked: whether discovery and rules were compared with the real site, or with true copies of it; layout: address of the public
    description that they follow where not.
    """

    name: str
    title: str
    publisher: str | None = None
    issuer: str | None = None
    licence: str = "unknown"
    licence_url: str | None = None
    language: str | None = None
    hosts: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    banners: tuple[str, ...] = ()
    checked: bool = False
    layout: str | None = None
    discover: tuple[AnyDiscovery, ...] = ()
    parse: Annotated[HtmlRules | JsonRules, Field(discriminator="format")] | None = None
