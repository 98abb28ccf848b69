"""Who gains by an undertaking, and against whom it is directed: recipients and targets.

Partners in a joint act are actors, not recipients; a venue is neither. Words that turn a name into a target stand in
`lexicon/target_words.csv`, words after which a name gains in `lexicon/gaining_words.csv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pledgebook.extraction.actors import Mention
from pledgebook.extraction.lexicon_files import read_rows

_GIVING = frozenset({"provide", "military", "purchase", "reform", "refrain"})
_PARTNER = re.compile(
    r"(?:\b(?:with|between|among|alongside|from|by|via|through|at|under|joined?|and)\s+(?:the\s+|its\s+|our\s+)?)$",
    re.I,
)
_GAINS = 40


@dataclass(frozen=True)
class Sides:
    """recipients, targets: actor codes by first mention, none of them an actor of the undertaking."""

    recipients: tuple[str, ...]
    targets: tuple[str, ...]


def sides(text: str, start: int, end: int, mentions: list[Mention], actors: tuple[str, ...], act: str) -> Sides:
    """Recipients and targets among the mentions inside the quote `text[start:end]`."""
    quote = text[start:end]
    hostile = [match.start() for match in _target_pattern().finditer(quote)]
    recipients: dict[str, None] = {}
    targets: dict[str, None] = {}
    for mention in mentions:
        if mention.code in actors or mention.kind == "place":
            continue
        place = mention.start - start
        if _is_target(quote, place, mention, hostile, act):
            targets[mention.code] = None
        elif _gains(quote, place, mention, act):
            recipients[mention.code] = None
    return Sides(tuple(code for code in recipients if code not in targets), tuple(targets))


def _is_target(quote: str, place: int, mention: Mention, hostile: list[int], act: str) -> bool:
    if act == "restrict":
        return not _PARTNER.search(quote[max(0, place - 16) : place])
    near = [at for at in hostile if -45 <= at - place <= 30]
    return (
        bool(near)
        and (mention.kind != "adjective" or any(at > place for at in near))
        and not re.match(
            r"[’']s? (?:security|defen[cs]e|sovereignty|ability)", quote[mention.end - mention.start + place :]
        )
    )


def _gains(quote: str, place: int, mention: Mention, act: str) -> bool:
    before = quote[max(0, place - _GAINS) : place]
    if _PARTNER.search(before):
        return False
    if act in _GIVING:
        return True
    return act in ("cooperate", "other", "institute", "consult") and bool(_gaining_pattern().search(before))


@cache
def _target_pattern() -> re.Pattern[str]:
    phrases = sorted(
        (row["phrase"] for row in read_rows("target_words", ("phrase", "note"))),
        key=lambda phrase: (-len(phrase), phrase),
    )
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.I)


@cache
def _gaining_pattern() -> re.Pattern[str]:
    words = "|".join(
        row["word"]
        for row in read_rows("gaining_words", ("word", "note"))
        if row["word"] not in ("of", "in", "to", "on", "behalf", "across")
    )
    return re.compile(rf"\b(?:{words})\s+(?:the\s+|people of\s+|efforts (?:in|of)\s+)*$", re.I)
