"""Signs that a cue commits nobody: the codebook's "do not count" as tests on the words around it.

Talk, positions, importance, requests, hopes and accusations are in `lexicon/exclusions.csv`; verbs that promise no act ("will benefit")
in `not_undertaken.csv`; plain values ("commitment to democracy") in `values.csv`; definite goals, which do count, in `goals.csv`.
A sign does not decide: it is evidence, weighed with the rest in `judgement.py`.
"""

from __future__ import annotations

import re
from datetime import date

from pledgebook.extraction.cues import Cue
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.time_resolution import MONTHS
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens

_PAST_SIGNS = word_class("past sign")
_PAST_OPENERS = word_class("opens a past adjunct")
_YEAR = re.compile(r"20\d\d")
_RELATIONSHIPS = word_class("relationship")
_PROMOTING = word_class("promoting verb")
_FILLERS = word_class("says nothing of a value")
_BEFORE, _AFTER = 7, 6
_EARLIER = word_class("earlier")
_GOAL_REACH = 14
# Farther words belong to another sentence of a text without full stops.
_SENTENCE = 80
_PHRASE_ENDS = word_class("ends a noun phrase")


def signs_against(tokens: Tokens, cue: Cue, day: date) -> tuple[str, ...]:
    """What speaks against a cue in its sentence, in a document of that day: names of the codebook's "do not count", in order."""
    found = [
        reason
        for side, words in _windows(tokens, cue).items()
        for reason, phrases in grammar().exclusions[side].items()
        if phrases.inside(words)
    ]
    return (*dict.fromkeys(found), *(name for name, test in _TESTS.items() if test(tokens, cue, day)))


def _windows(tokens: Tokens, cue: Cue) -> dict[str, tuple[str, ...]]:
    return {
        "before": tokens.words[max(0, cue.first - _BEFORE) : cue.first],
        "after": tokens.words[cue.end : cue.end + _AFTER],
    }


def told_again(tokens: Tokens, cue: Cue) -> bool:
    """ "Norland had previously pledged": what an earlier statement promised."""
    near = tokens.words[max(0, cue.first - 3) : cue.first]
    return "had" in near and not _EARLIER.isdisjoint(near)


def _tells_the_past(tokens: Tokens, cue: Cue, _: date) -> bool:
    """ ""Norland signed the accord in 2014", "has launched": a performative counts at the meeting, not as background."""
    if cue.frame.tense != "past" or "today" in tokens.words[max(0, cue.first - _SENTENCE) : cue.first + _SENTENCE]:
        return False
    before = tokens.words[cue.first - 1] if cue.first else ""
    if before == "had" or (cue.frame.family == "performative" and before in ("has", "have")):
        return True
    near = tokens.words[: 8 if tokens.words[0] in _PAST_OPENERS else 0] + tokens.words[cue.first : cue.first + 12]
    return any(word in _PAST_SIGNS for word in near)


def _says_what_ought_to_be(tokens: Tokens, cue: Cue, _: date) -> bool:
    """ "They agreed that Norland should withdraw" asks; it promises nothing."""
    return cue.complement == "that" and tokens.words[cue.modal] in ("should", "must")


def _dated_before(tokens: Tokens, cue: Cue, day: date) -> bool:
    """Whether an opening adjunct, or the words after the cue, put it in an earlier month: "in September 2021, they announced"."""
    if cue.frame.tense != "past":
        return False
    opening = range(8 if tokens.words[0] in _PAST_OPENERS else 0)
    return any(_earlier(tokens, index, day) for index in (*opening, *range(cue.first, cue.first + 12)))


def _earlier(tokens: Tokens, index: int, day: date) -> bool:
    if index >= len(tokens):
        return False
    word = tokens.words[index]
    if _YEAR.fullmatch(word) and index and tokens.words[index - 1] in ("in", "since", "from", "of", ",", *MONTHS):
        month = next(
            (MONTHS.index(before) + 1 for before in tokens.words[max(0, index - 3) : index] if before in MONTHS), 12
        )
        return (int(word), month) < (day.year, day.month - 1)
    return False


def _asks_a_legislature(tokens: Tokens, cue: Cue, _: date) -> bool:
    near = tokens.words[max(0, cue.first - _SENTENCE) : cue.first + _SENTENCE]
    return "congress" in near and any(
        word.startswith("request") or word in ("asks", "asking", "urges", "urging")
        for word in near[: min(cue.first, _SENTENCE) + 8]
    )


def _promises_no_act(tokens: Tokens, cue: Cue, _: date) -> bool:
    words = tokens.words[cue.head : cue.head + 5]
    if "stand" in words[:4] and ("with" in words or "by" in words):
        return True
    if cue.verb not in grammar().not_undertaken or cue.passive:
        return False
    return not (cue.verb == "stand" and words[1:2] == ("ready",))


def _names_a_value(tokens: Tokens, cue: Cue, _: date) -> bool:
    """A commitment to a noun counts for a definite goal or an act, not for a plain value, a relationship, or its promotion."""
    words = tokens.words[cue.head : cue.head + _GOAL_REACH]
    if grammar().goals.inside(words):
        return False
    if cue.complement == "to_noun":
        return _head_noun(words) in grammar().values or any(
            word in grammar().values for word in words[:3] if word.isalpha()
        )
    if cue.complement in ("of", "for"):
        return not any(word in grammar().deliverables for word in words[:8])
    return cue.verb in _PROMOTING and _only_values(words[1:])


def _only_values(words: tuple[str, ...]) -> bool:
    content = []
    for word in words:
        if word in _PHRASE_ENDS - {",", "and", "of"}:
            break
        if word not in _FILLERS:
            content.append(word)
    return bool(content) and all(word in grammar().values for word in content) and _RELATIONSHIPS.isdisjoint(content)


def _head_noun(words: tuple[str, ...]) -> str:
    for index, word in enumerate(words):
        if word in _PHRASE_ENDS and index:
            return words[index - 1]
    return words[-1] if words else ""


_TESTS = {
    "no act": _promises_no_act,
    "plain value": _names_a_value,
    "the past": _tells_the_past,
    "an earlier date": _dated_before,
    "asks a legislature": _asks_a_legislature,
    "what ought to be": _says_what_ought_to_be,
}
