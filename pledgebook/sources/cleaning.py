"""Cleans blocks of text (paragraphs, headings, list items) and drops page furniture.

Furniture is data: `furniture.csv` (pattern, kind, why). A pattern, case aside, has to match a whole block, so that
prose is never cut. Of the kinds, `byline` says who signs, and `banner` where a page without address comes from.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LINE_BREAK = "\u2028"
ITEM = "- "

_FURNITURE = Path(__file__).with_name("furniture.csv")
# Soft hyphens, zero-width spaces, byte order marks, controls; joiners stay, letters depend on them.
_UNSEEN = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f-\x9f\ufffe\uffff\ud800-\udfff]"
)
# Numbers go too: in HTML and Markdown they are marks of the list, not text, and converters count them differently.
_MARK = re.compile(r"(?:[•●▪■◦‣⁃∙·] ?|[-*–—] |\(?\d{1,2}[.)] (?=[“\"'(\[]?[A-Z]))(?=\S)")
_LONGEST_FURNITURE = 320


@dataclass(frozen=True)
class Page:
    """A document's text without its furniture, and the furniture: (kind, block) in reading order."""

    text: str
    furniture: tuple[tuple[str, str], ...]


def tidy(text: str) -> str:
    """One block on one line: NFC, single spaces, nothing invisible."""
    line = text.replace("\n", " ").strip()
    # Of all white space only the space can be printed: a line that can has nothing to be tidied but spaces that follow each other.
    if "  " in line or not line.isprintable():
        line = " ".join(_UNSEEN.sub("", " ".join(text.split())).split())
    return unicodedata.normalize("NFC", line)


def split_at_breaks(text: str) -> list[str]:
    """Tidy blocks of a paragraph that holds forced line breaks; a break inside a sentence is only a wrap.

    A bullet or a number at the start of a block becomes the mark of a list item, "- ".
    """
    blocks: list[str] = []
    open_block = False
    for part in text.split(LINE_BREAK):
        block = tidy(part)
        if open_block and block[:1].islower():
            blocks[-1] = f"{blocks[-1]} {block}"
        elif block:
            blocks.append(block)
        open_block = bool(block)
    return [_MARK.sub(ITEM, block, count=1) if _MARK.match(block) else block for block in blocks]


def clean_page(blocks: Iterable[str]) -> Page:
    """The text of a page (blocks joined by one blank line) and the furniture taken out of it."""
    text: list[str] = []
    furniture: list[tuple[str, str]] = []
    for block in blocks:
        kind = _furniture_kind(block)
        if kind:
            furniture.append((kind, block))
        elif block.strip(" -"):
            text.append(block)
    return Page("\n\n".join(text), tuple(furniture))


def _furniture_kind(block: str) -> str | None:
    # Hardly any block is furniture, and one pattern tells that sooner than a dozen.
    if len(block) > _LONGEST_FURNITURE or not _any_pattern().fullmatch(block):
        return None
    return next(kind for pattern, kind in _patterns() if pattern.fullmatch(block))


@cache
def _any_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _patterns()), re.IGNORECASE)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    with _FURNITURE.open(encoding="utf-8", newline="") as file:
        return [(re.compile(row["pattern"], re.IGNORECASE), row["kind"]) for row in csv.DictReader(file)]
