"""A page by the rules of its source: which elements or fields hold the text, the title, the day."""

from __future__ import annotations

import json
import re
from datetime import datetime

import jmespath
from lxml import etree, html

from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fields import Fields
from pledgebook.sources.html_blocks import article_blocks
from pledgebook.sources.moments import to_day, to_moment
from pledgebook.sources.plain_blocks import plain_blocks
from pledgebook.sources.source import HtmlRules, JsonRules

_ZONE = re.compile(r"(?:Z|GMT|UTC|[+-]\d{2}:?\d{2})$", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def html_fields(page: str, rules: HtmlRules, source: str) -> Fields:
    """The fields of an HTML page, body as HTML; raises UnreadableDocument `layout_changed` when no element is the body."""
    root = _parsed(page)
    bodies = _outermost(root.cssselect(rules.body)) if root is not None else []
    if root is None or not bodies:
        raise _layout_changed(f"no element matches the selector {rules.body!r}", source)
    date = _first_text(root, rules.date, rules.attribute)
    title = _first_text(root, rules.title)
    for body in bodies:
        _drop(body, rules.drop)
    return Fields(
        "".join(html.tostring(body, encoding="unicode", with_tail=False) for body in bodies),
        title=title,
        day=to_day(date),
        published_at=_moment(date),
    )


def json_fields(document: str, rules: JsonRules, source: str) -> Fields:
    """The fields of a JSON document, body as it stands there.

    Raises UnreadableDocument: `broken_json`, or `layout_changed` when the expression for the body finds no text.
    """
    try:
        record = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument("broken_json", f"the answer is not valid JSON ({error})") from error
    body = jmespath.search(rules.body, record)
    if not isinstance(body, str) or not body.strip():
        raise _layout_changed(f"the expression {rules.body!r} finds no text", source)
    title, date, modified = (_found(record, place) for place in (rules.title, rules.date, rules.modified))
    return Fields(body, title=title, day=to_day(date), published_at=_moment(date), modified_at=to_moment(modified))


def json_blocks(body: str) -> list[str]:
    """Blocks of a body taken from JSON, which may be HTML or plain text."""
    return article_blocks(body) if _TAG.search(body) else plain_blocks(body)


def without(markup: str, selector: str | None) -> str:
    """A bare article body without the elements that match."""
    if not selector:
        return markup
    root = html.fragment_fromstring(markup.replace("\0", ""), create_parent="div", parser=_parser())
    _drop(root, selector)
    return str(html.tostring(root, encoding="unicode"))


def _drop(body: html.HtmlElement, selector: str | None) -> None:
    """Takes the elements that match out of a body, not the text that follows them."""
    for element in body.cssselect(selector) if selector else ():
        if element is not body and element.getparent() is not None:
            element.drop_tree()


def _parsed(page: str) -> html.HtmlElement | None:
    try:
        # Bytes, since lxml refuses text in which a declaration names an encoding.
        return html.document_fromstring(page.replace("\0", "").encode("utf-8", "replace"), parser=_parser("utf-8"))
    except etree.ParserError:
        return None


def _parser(encoding: str | None = None) -> html.HTMLParser:
    return html.HTMLParser(encoding=encoding, huge_tree=True, remove_comments=True, remove_pis=True)


def _outermost(elements: list[html.HtmlElement]) -> list[html.HtmlElement]:
    """The elements that lie in no other of them, so that no text comes twice."""
    chosen = set(elements)
    return [element for element in elements if chosen.isdisjoint(element.iterancestors())]


def _first_text(root: html.HtmlElement, selector: str | None, attribute: str | None = None) -> str | None:
    element = next(iter(root.cssselect(selector)), None) if selector else None
    if element is None:
        return None
    text = element.get(attribute) if attribute else element.text_content()
    return " ".join((text or "").split()) or None


def _found(record: object, expression: str | None) -> str | None:
    found = jmespath.search(expression, record) if expression else None
    return found if isinstance(found, str) else None


def _moment(date: str | None) -> datetime | None:
    """A moment where the page states its zone: a time of day alone is that of the site's own clock, which we do not know."""
    return to_moment(date) if date and _ZONE.search(date) else None


def _layout_changed(problem: str, source: str) -> UnreadableDocument:
    reason = f"{problem} of {source}; run `pledgebook sources check {source}`"
    return UnreadableDocument("layout_changed", reason, column="text")
