"""The phrases that set a time, compiled from `lexicon/due_phrases.csv`: leading words, what follows them, what they mean.

slot: date ("by" + "June 2026"), duration ("within" + "90 days"), event ("ahead of" + "the summit"),
clause ("until" + "the crisis ends"), or empty for a phrase that stands alone.
meaning: until, before, during, from, after, span, at, open (sets a time, but no date), recurring, today, tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from pledgebook.extraction.lexicon_files import one_of, read_rows
from pledgebook.extraction.time_resolution import MONTHS, NUMBERS, ORDINALS, SEASONS, WEEKDAYS

SLOTS = ("date", "duration", "event", "clause", "")
MEANINGS = ("until", "before", "during", "from", "after", "span", "at", "open", "recurring", "today", "tomorrow")


def _words(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


_YEAR = r"20\d\d"
_MONTH = _words(month.capitalize() for month in MONTHS)
_WEEKDAY = f"(?i:{_words(WEEKDAYS)})"
_SEASON = f"(?i:{_words(SEASONS)})"
_PART = r"(?:(?:the\s+)?(?:[Ee]arly|[Ll]ate|[Mm]id|[Mm]iddle|[Ee]nd|[Bb]eginning|[Ss]tart|latter part)(?:[\s-]+|\s+of\s+(?:the\s+)?))?"
_DASH = r"\s?[-–—‑]\s?"
_DAY = rf"(?:{_MONTH}\s+\d\d?(?:st|nd|rd|th)?(?!\d)(?:{_DASH}\d\d?)?(?:,?\s+{_YEAR})?|\d\d?(?:st|nd|rd|th)?(?:{_DASH}\d\d?)?(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?)"
# "February 8-11", "February 25 to March 3": travel is told without a preposition.
DAYS = rf"{_MONTH}\s+\d\d?(?!\d)(?:(?:{_DASH}|\s+to\s+|\s+through\s+)(?:{_MONTH}\s+)?\d\d?(?!\d))?(?:,?\s+{_YEAR})?"
_YEARS = rf"{_YEAR}(?:\s\([a-z]+\))?(?:(?:,\s+(?:and\s+)?|\s+and\s+|{_DASH}){_YEAR})*(?!\d)"
_UNIT = r"(?:day|week|month|quarter|year|decade)"
DATE = (
    rf"(?:(?:the\s+)?(?:{_WEEKDAY},?\s+)?{_DAY}"
    rf"|{_PART}{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?"
    rf"|(?:[Ll]ater\s+)?(?:this|next|the\s+(?:coming|following|upcoming))\s+(?:{_UNIT}|weekend|{_SEASON}|{_MONTH}|{_WEEKDAY})\b"
    rf"|(?:the\s+)?{_SEASON}\s+(?:of\s+)?{_YEAR}"
    rf"|(?:the\s+)?{_words(ORDINALS)}\s+(?:quarter|half)(?:\s+of\s+(?:{_YEAR}|(?:this|next|the)\s+year))?"
    rf"|the\s+(?:first|last|final)\s+(?:{_words(NUMBERS)}|few)\s+(?:weeks|months)\s+of\s+{_YEAR}"
    rf"|Q[1-4](?:\s+(?:of\s+)?{_YEAR})?"
    rf"|{_PART}(?:(?:calendar|fiscal|financial|the)\s+year\s+|FY\s?)?{_YEARS}(?!s)"
    rf"|{_PART}20\d0s"
    rf"|the\s+(?:year|month|week|decade)(?=[\s,.;]|$)"
    rf"|{_WEEKDAY}\b)"
)
_NUMBER = rf"(?:\d{{1,3}}|{_words(NUMBERS)}|few|several|couple\s+of|a\s+few|a\s+couple\s+of)"
DURATION = rf"(?:(?P<number>{_NUMBER})(?:\s+\(\d+\))?[\s-]+)?(?P<unit>{_UNIT})s?\b(?P<anchor>\s+(?:of|after|from|following)\s+(?!now)(?:the\s+)?[\w\s-]{{3,50}})?"
_GATHERING = r"(?:summit|meeting|conference|session|assembly|ministerial|election|elections|council|visit|dialogue|round|forum|COP\s?-?\d\d)"
EVENT = rf"(?:the\s+|their\s+|its\s+|our\s+|a\s+)?(?:[\w’'&/-]+\s+){{0,7}}?(?i:{_GATHERING})\b(?!['’])(?:\s+(?:in|on|of)\s+(?:{DATE}|[A-Z][\w-]+(?:,?\s+[A-Z][\w-]+)*(?:\s+(?:in|on)\s+{DATE})?))?"
CLAUSE = r"(?:[\w’'-]+\s+){1,12}?[\w’'-]+(?=\s*(?:[,.;:()]|$))"
BARE = rf"(?:[Ll]ater\s+(?:this|in\s+the)|[Tt]his|[Nn]ext)\s+(?:year|month|week|quarter|decade|weekend|{_SEASON}|{_MONTH})\b(?!\s+of\b)"
_SLOT_PATTERNS = {"date": DATE, "duration": DURATION, "event": EVENT, "clause": CLAUSE}


_WORD = re.compile(r"(?<![\w-])[^\W\d_]+")


@dataclass(frozen=True)
class Frame:
    """All leading words that share a first word, a slot and a meaning; `written` is their pattern before it is compiled."""

    slot: str
    meaning: str
    written: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Has the group slot where there is one; few texts need all patterns, and compiling them takes long."""
        return re.compile(self.written)


def phrases(text: str) -> list[tuple[re.Match[str], Frame]]:
    """Every match of a frame in `text`, by place; at one place the longest first, clauses last."""
    by_word = _frames()
    found = []
    for word in _WORD.finditer(text):
        for frame in by_word.get(word.group().lower(), ()):
            if match := frame.pattern.match(text, word.start()):
                found.append((match, frame))
    return sorted(found, key=_rank)


def _rank(pair: tuple[re.Match[str], Frame]) -> tuple[int, bool, int, str]:
    match, frame = pair
    return match.start(), frame.slot == "clause", -match.end(), frame.meaning


@cache
def _frames() -> dict[str, list[Frame]]:
    """The frames of the bundled lexicon by the word they begin with, read once."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for words, slot, meaning in _rows():
        grouped.setdefault((_first_word(words), slot, meaning), []).append(words)
    frames: dict[str, list[Frame]] = {}
    for (first, slot, meaning), leads in grouped.items():
        frames.setdefault(first, []).append(Frame(slot, meaning, _frame_pattern(slot, leads)))
    for first in ("later", "this", "next"):
        frames.setdefault(first, []).append(Frame("date", "during", rf"(?P<slot>{BARE})"))
    for month in MONTHS:
        frames.setdefault(month, []).append(Frame("date", "during", rf"(?<!of )(?<!the )(?P<slot>{DAYS})"))
    return frames


def _first_word(words: str) -> str:
    match = _WORD.match(words)
    return match.group().lower() if match else ""


@cache
def _rows() -> list[tuple[str, str, str]]:
    rows = read_rows("due_phrases", ("words", "slot", "meaning"))
    return [
        (row["words"], one_of(row, "slot", SLOTS, "due_phrases"), one_of(row, "meaning", MEANINGS, "due_phrases"))
        for row in rows
    ]


def _frame_pattern(slot: str, leads: list[str]) -> str:
    lead = _words(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in leads)
    return rf"(?i:{lead})(?![\w-])" + (rf"\s+(?P<slot>{_SLOT_PATTERNS[slot]})" if slot else "")
