"""Plain text to blocks: paragraphs parted by blank lines, line wraps undone, bullets kept apart."""

from __future__ import annotations

import re
from itertools import pairwise

from pledgebook.sources.cleaning import LINE_BREAK, split_at_breaks

_PARAGRAPH = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+")
_LIST_MARK = re.compile(r"(?:[•●▪■◦‣⁃∙·]|[-*–—][ \t]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t])")
_WIDEST_WRAP = 120


def plain_blocks(text: str) -> list[str]:
    """Blocks of a plain text; list items begin with "- "."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    width = _wrap_width(text)
    blocks: list[str] = []
    for paragraph in _PARAGRAPH.split(text):
        blocks += split_at_breaks(_unwrap(paragraph, width))
    return blocks


def _wrap_width(text: str) -> int:
    """Column at which the text was wrapped (90th percentile of its line lengths), or 0 when its lines are not wrapped."""
    lengths = sorted(len(line.strip()) for line in text.split("\n") if line.strip())
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    return width if width <= _WIDEST_WRAP else 0


def _unwrap(paragraph: str, width: int) -> str:
    lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
    joined = lines[:1]
    for line, following in pairwise(lines):
        joined += [LINE_BREAK if _is_break(line, following, width) else " ", following]
    return "".join(joined)


def _is_break(line: str, following: str, width: int) -> bool:
    """Whether the writer ended the line on purpose: the next line's first word would still have fitted, or it is an item."""
    if _LIST_MARK.match(following):
        return True
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) <= 0.85 * width or width == 0
