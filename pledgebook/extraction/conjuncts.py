"""How one verb phrase falls into several undertakings.

Codebook, section 1: joined verbs with the same object are one; with different objects they are separate. A purpose clause belongs
to what it serves.
"""

from __future__ import annotations

from typing import NamedTuple

from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens, verb_forms

_LIGHT = word_class("light verb")
_AFTER_BARE_VERB = word_class("after a bare verb")
JOINTS = frozenset({"and", "or", ",", ";"})


class Span(NamedTuple):
    """An undertaking's tokens, first to end (exclusive), and the base form of its own verb ("" when it is a noun phrase)."""

    first: int
    end: int
    verb: str


def joined_verbs(tokens: Tokens, head: int, end: int, kind: str) -> list[int]:
    """Tokens of the verbs with objects of their own that are joined to the one at `head`, before `end`.

    kind: `gerund` when the joined verbs are gerunds, else `base`.
    """
    forms = verb_forms().gerund if kind == "gerund" else verb_forms().base
    starts = [head]
    purpose = False
    series = _series(tokens, head, end, forms, kind)
    for index in range(head + 1, end):
        if tokens.words[index] != "to" and tokens.words[index] not in JOINTS:
            continue
        purpose = purpose or _opens_purpose(tokens, index, starts[-1], kind)
        start = _joined_verb(tokens, index, end, forms, kind)
        if start and start - starts[-1] > 2 and (series or not purpose or _marked(tokens, index, start)):
            starts.append(start)
            purpose = False
    return starts[1:]


def _series(tokens: Tokens, head: int, end: int, forms: dict[str, str], kind: str) -> bool:
    """Three or more verbs parted by commas are measures of their own, even where the first stands in a purpose clause."""
    joined = [
        index
        for index in range(head + 1, end)
        if tokens.words[index] in (",", ";") and _joined_verb(tokens, index, end, forms, kind)
    ]
    return len(joined) >= 2


def _opens_purpose(tokens: Tokens, index: int, head: int, kind: str) -> bool:
    if tokens.words[index] != "to" or index + 1 >= len(tokens) or index - head < 1:
        return False
    after = index + 1
    while after < len(tokens) and grammar().adverb(tokens.words[after]):
        after += 1
    if tokens.words[index - 1] in ("and", ",") or tokens.words[index - 1] in _LIGHT:
        return False
    return after < len(tokens) and tokens.words[after] in verb_forms().base


def _joined_verb(tokens: Tokens, index: int, end: int, forms: dict[str, str], kind: str) -> int:
    """Token of a verb that "and" or a comma at `index` joins to the phrase before, or 0."""
    if tokens.words[index] not in JOINTS or tokens.words[index - 1] in JOINTS:
        return 0
    place = index + 1
    while place < end and (
        tokens.words[place] in JOINTS
        or tokens.words[place] in ("to", "will", "by")
        or grammar().adverb(tokens.words[place])
    ):
        place += 1
    if place >= end - 1 or tokens.words[place] not in forms or _also_noun(tokens, place, kind):
        return 0
    bare_noun = (
        kind == "base" and tokens.words[place + 1] in (",", ".", "of") and "to" not in tokens.words[index + 1 : place]
    )
    return 0 if bare_noun else place


def _also_noun(tokens: Tokens, place: int, kind: str) -> bool:
    if kind == "gerund" or tokens.words[place] not in grammar().verb_nouns or tokens.words[place - 1] in ("to", "will"):
        return False
    return tokens.words[place + 1] not in _AFTER_BARE_VERB


def _marked(tokens: Tokens, index: int, start: int) -> bool:
    joint = tokens.words[index:start]
    return ";" in joint or "will" in joint or ("to" in joint and "and" in joint and "," in joint)


def trim(tokens: Tokens, first: int, end: int) -> int:
    """`end` without the joining words that lead up to it; never before `first + 1`."""
    while end > first + 1 and (
        tokens.words[end - 1] in JOINTS
        or tokens.words[end - 1] in ("to", "will", ".", "by")
        or (grammar().adverb(tokens.words[end - 1]) and tokens.words[end - 2] in JOINTS)
    ):
        end -= 1
    return end
