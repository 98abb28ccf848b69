"""Regions and settled phrases that stand for actors without naming them: "the Baltic region", "a two-state solution".

They count only for who gains and who is a target, never for who is bound. The phrases stand in `lexicon/regions.csv`.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pledgebook.extraction.actors import Mention, gazetteer
from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.occurrences import occurrences

REGION = "region"
_PEOPLE_AT_HOME = (" American", "-American")


def with_regions(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions of a text and those by region, in reading order; a region inside a longer name ("African Union") is none."""
    codes = _codes()
    taken = {position for mention in mentions for position in range(mention.start, mention.end)}
    found = [
        Mention(start, start + len(phrase), code, REGION)
        # "African American" is about people at home.
        for start, phrase in occurrences(text, list(codes), lambda end: not text.startswith(_PEOPLE_AT_HOME, end))
        if start not in taken
        for code in codes[phrase]
    ]
    return sorted([*mentions, *found], key=lambda mention: mention.start) if found else mentions


@lru_cache(maxsize=1024)
def named_in(text: str) -> tuple[str, ...]:
    """Codes of the actors that a title or a heading names, regions included, in reading order."""
    return tuple(dict.fromkeys(mention.code for mention in with_regions(text, gazetteer().mentions(text))))


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    """The codes of each phrase, the longest phrase first."""
    rows = sorted(read_rows("regions", ("phrase", "codes", "note")), key=lambda row: -len(row["phrase"]))
    return {row["phrase"]: tuple(row["codes"].split("|")) for row in rows}
