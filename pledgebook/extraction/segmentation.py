"""A readout's text to sentences with exact offsets: paragraphs, list items with their lead-in, headings.

The text is the one that `pledgebook.sources` cleans: blocks parted by a blank line, list items marked "- ".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BLOCK = re.compile(r"[^\n]+(?:\n(?!\n)[^\n]+)*")
_ITEM = re.compile(r"-\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9À-ÞА-Я])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:U\.S|U\.K|U\.N|E\.U|Mr|Ms|Mrs|Dr|St|Gen|Lt|Col|Amb|Adm|Sen|Rep|Gov|Jr|Sr|No|Nos|Art|D\.C|a\.m|p\.m|vs|cf|e\.g|i\.e)\.|\b[A-Z]\.)$"
)
_ENDS_A_SENTENCE_TOO = re.compile(r"(?:U\.S|U\.K|U\.N|E\.U|D\.C|Jr|Sr|a\.m|p\.m)\.$")
_OPENS_A_SENTENCE = re.compile(r"(?:The|They|This|These|In|He|She|We|It|President|Secretary|Both|As|On|For|At)\b")
_INLINE_HEADING = re.compile(r"[A-Z][A-Z0-9 ,’'&.\-–/()]{8,}:\s+(?=\S)")
_HEADING_WORDS = 16


class Sentence(NamedTuple):
    """One sentence or list item: `text[start:end]`.

    block: index of its block; item: stands in a list item; heading: text of the heading above it, or "".
    lead_in: the sentence that introduces the list it hangs on ("The leaders agreed to:"), or None.
    """

    start: int
    end: int
    block: int
    item: bool
    heading: str
    lead_in: Sentence | None = None


def sentences(text: str) -> list[Sentence]:
    """Sentences of a text in reading order; a heading is no sentence, but each sentence knows the one above it."""
    found: list[Sentence] = []
    heading, lead_in = "", None
    for block, match in enumerate(_BLOCK.finditer(text)):
        item = bool(_ITEM.match(match.group()))
        start = match.start() + (_ITEM.match(match.group()).end() if item else 0)  # type: ignore[union-attr]
        if not item and _is_heading(match.group()):
            heading, lead_in = match.group().rstrip(": "), None
            continue
        if inline := _INLINE_HEADING.match(text, start, match.end()):
            heading, start = inline.group().rstrip(": "), inline.end()
        governed = lead_in if item else None
        spans = list(_split(text, start, match.end()))
        found += [Sentence(a, b, block, item, heading, governed) for a, b in spans]
        lead_in = _next_lead_in(text, found[-1] if spans else None, lead_in, item)
    return found


def _next_lead_in(text: str, last: Sentence | None, current: Sentence | None, item: bool) -> Sentence | None:
    if last is not None and text[last.start : last.end].endswith(":"):
        return last
    return current if item else None


def _is_heading(block: str) -> bool:
    """Short, without a sentence's end: a fact sheet's heading. A lead-in with a verb in it ends in a colon and is long."""
    words = block.split()
    if block.endswith(":"):
        return len(words) <= 6 and not any(word in {"to", "will", "agreed", "include", "including"} for word in words)
    return len(words) <= _HEADING_WORDS and block[-1:] not in '.!?;”"’)' and block[:1].isupper()


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cut = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if _continues(text[cut : match.start()], text[match.end() : match.end() + 12]):
            continue
        yield cut, _last_letter(text, cut, match.end())
        cut = match.end()
    if text[cut:end].strip():
        yield cut, _last_letter(text, cut, end)


def _continues(before: str, after: str) -> bool:
    """Whether a full stop is an abbreviation's: "Mr. Lee", but not "in the U.S. The leaders"."""
    tail = before[-8:]
    if not _ABBREVIATION.search(tail):
        return False
    return not (_ENDS_A_SENTENCE_TOO.search(tail) and _OPENS_A_SENTENCE.match(after))


def _last_letter(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
