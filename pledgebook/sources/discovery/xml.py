"""XML of other people: nothing in it is expanded, fetched or looked up, and what is broken is read as far as it goes."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

from pledgebook.sources.decoding import decode
from pledgebook.sources.discovery.findings import UnreadableListing
from pledgebook.sources.errors import UnreadableDocument

# A CDATA section, whose ampersands are right as they are; or an ampersand, with the reference that it begins.
_AMPERSAND = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(#\d+;|#[xX][0-9A-Fa-f]+;|[A-Za-z_][\w.-]*;)?", re.DOTALL)


def parse_xml(content: bytes) -> etree._Element:
    """The root element; raises UnreadableListing when there is none."""
    try:
        text = decode(content).text.lstrip("\ufeff \t\r\n")
    except UnreadableDocument as error:
        raise UnreadableListing(f"it is no XML ({error.reason})") from error
    try:
        return _parse(text, recover=False)
    except etree.XMLSyntaxError:
        return _recovered(text)


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment or an instruction."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child_text(element: etree._Element, name: str) -> str | None:
    """The text of the first child of that name, whatever its namespace; text with an entity in it is not whole, and is none."""
    texts = (child.text for child in element if local_name(child) == name and not len(child))
    return next((text.strip() for text in texts if text and text.strip()), None)


def _recovered(text: str) -> etree._Element:
    mended = _AMPERSAND.sub(_as_numbers, text)
    try:
        root = _parse(mended, recover=True)
    except etree.XMLSyntaxError as error:
        raise UnreadableListing(f"it is no XML ({error})") from error
    if root is None:
        raise UnreadableListing("it is no XML")
    return root


def _as_numbers(match: re.Match[str]) -> str:
    """A reference in numbers: a parser that recovers leaves out all others that follow an error, and bare ampersands too."""
    section, reference = match.groups()
    if section or (reference and reference.startswith("#")):
        return match[0]
    letters = html5.get(reference) if reference else "&"
    return "".join(f"&#{ord(letter)};" for letter in letters) if letters else match[0]


def _parse(text: str, *, recover: bool) -> etree._Element | None:
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )
    return etree.fromstring(text.encode(errors="replace"), parser)
