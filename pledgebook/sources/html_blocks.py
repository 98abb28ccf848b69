"""HTML to blocks of text: one block a paragraph, heading, list item or table cell.

Markdown comes this way too, once rendered, so that both forms of one document give the same text. Which elements make a
block and which are dropped with all they hold stands in `html_elements.csv` (element, role); all others are inline.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from lxml import etree, html

from pledgebook.sources.cleaning import ITEM, LINE_BREAK, split_at_breaks
from pledgebook.sources.plain_blocks import plain_blocks

_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body)[\s>]", re.IGNORECASE)

Preformatted = Callable[[str], list[str]]


def is_whole_page(markup: str) -> bool:
    """Whether the markup is a page with head and menus rather than the bare body of an article."""
    return bool(_WHOLE_PAGE.search(markup[:4096]))


def html_blocks(markup: str) -> list[str]:
    """Blocks of a page's main content, or of a bare article body; list items begin with "- "."""
    return article_blocks(_main_content(markup) if is_whole_page(markup) else markup)


def article_blocks(markup: str, preformatted: Preformatted = plain_blocks) -> list[str]:
    """Blocks of a bare article body; `preformatted` turns the text of a `<pre>` element into blocks."""
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    body = f"<div>{markup}</div>".replace("\0", "")
    return _Walker(preformatted).blocks(html.fragment_fromstring(body, create_parent="div", parser=parser))


def _main_content(page: str) -> str:
    """The article of a page, menus and footers left out, as HTML."""
    # To load the library takes longer than to read a hundred documents in Markdown, which never need it.
    import trafilatura

    content = trafilatura.extract(
        page, output_format="html", include_comments=False, include_tables=True, favor_recall=True
    )
    return content or ""


@cache
def _elements() -> dict[str, frozenset[str]]:
    with Path(__file__).with_name("html_elements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {role: frozenset(row["element"] for row in rows if row["role"] == role) for role in ("block", "dropped")}


class _Walker:
    """Walks a tree without recursion, so that deep nesting does no harm, and gathers its blocks."""

    def __init__(self, preformatted: Preformatted) -> None:
        self._preformatted = preformatted
        self._block, self._dropped = _elements()["block"], _elements()["dropped"]
        self._blocks: list[str] = []
        self._pieces: list[str] = []
        self._item_open = False

    def blocks(self, root: html.HtmlElement) -> list[str]:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start" and self._skips(element):
                walk.skip_subtree()
            elif event == "start":
                self._enter(element)
            else:
                self._leave(element, root)
        self._flush()
        return self._blocks

    def _skips(self, element: html.HtmlElement) -> bool:
        if element.tag == "pre":
            self._flush()
            self._blocks += self._preformatted(element.text_content())
            return True
        return element.tag in self._dropped

    def _enter(self, element: html.HtmlElement) -> None:
        if element.tag in self._block:
            self._flush()
        if element.tag == "li":
            self._item_open = True
        if element.tag == "br":
            self._pieces.append(LINE_BREAK)
        self._pieces.append(element.text or "")

    def _leave(self, element: html.HtmlElement, root: html.HtmlElement) -> None:
        if element.tag in self._block:
            self._flush()
        if element.tag == "li":
            self._item_open = False
        if element is not root:
            self._pieces.append(element.tail or "")

    def _flush(self) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        if not text or text.isspace():
            return
        blocks = split_at_breaks(text)
        if blocks and self._item_open:
            blocks[0] = blocks[0] if blocks[0].startswith(ITEM) else ITEM + blocks[0]
            self._item_open = False
        self._blocks += blocks
