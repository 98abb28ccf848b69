"""Markdown to blocks of text, by way of the HTML that CommonMark's own parser renders."""

from __future__ import annotations

import re

import cmarkgfm
from cmarkgfm.cmark import Options

from pledgebook.sources.html_blocks import article_blocks

_STAR = "\ue000"
# Converters write "**Heading: ** text", which CommonMark does not take for emphasis; a real asterisk comes escaped.
# Several, or one beside a letter. It begins with the asterisk, so that the engine tries it nowhere else.
_LEFTOVER_EMPHASIS = re.compile(r"\*(?:\*+|(?=\S)|(?<=\S\*))")


def markdown_blocks(text: str) -> list[str]:
    """Blocks of a Markdown text without emphasis, link targets, escapes and HTML; list items begin with "- "."""
    rendered = cmarkgfm.markdown_to_html(text.replace("\\*", _STAR), Options.CMARK_OPT_UNSAFE)
    plain = _LEFTOVER_EMPHASIS.sub("", rendered) if "*" in rendered else rendered
    return article_blocks(plain.replace(_STAR, "*"), preformatted=_indented)


def _indented(text: str) -> list[str]:
    """Blocks of an indented passage: in readouts a signature or an aside, never program code."""
    return markdown_blocks("\n".join(line.lstrip() for line in text.splitlines()))
