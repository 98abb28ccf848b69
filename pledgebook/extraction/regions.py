"""Regions and settled phrases that stand for actors without naming them: "the Baltic region", "a two-state solution".

They count only for who gains and who is a target, never for who is bound. The phrases stand in `lexicon/regions.csv`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pledgebook.extraction.actors import Mention, gazetteer
from pledgebook.extraction.lexicon_files import read_rows

REGION = "region"


def with_regions(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions of a text and those by region, in reading order; a region inside a longer name ("African Union") is none."""
    codes = _codes()
    if not any(phrase in text for phrase in codes):
        return mentions
    starts = {position for mention in mentions for position in range(mention.start, mention.end)}
    found = [
        Mention(match.start(), match.end(), code, REGION)
        for match in _pattern().finditer(text)
        if match.start() not in starts
        for code in codes[match.group()]
    ]
    return sorted([*mentions, *found], key=lambda mention: mention.start) if found else mentions


@lru_cache(maxsize=1024)
def named_in(text: str) -> tuple[str, ...]:
    """Codes of the actors that a title or a heading names, regions included, in reading order."""
    return tuple(dict.fromkeys(mention.code for mention in with_regions(text, gazetteer().mentions(text))))


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    return {row["phrase"]: tuple(row["codes"].split("|")) for row in read_rows("regions", ("phrase", "codes", "note"))}


@cache
def _pattern() -> re.Pattern[str]:
    phrases = sorted(_codes(), key=lambda phrase: (-len(phrase), phrase))
    # "African American" is about people at home.
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b(?![ -]American)")
