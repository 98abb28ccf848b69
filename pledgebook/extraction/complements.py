"""What follows a committing word: an infinitive, a that-clause, a noun phrase, money; the heads of undertakings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledgebook.extraction.grammar import Frame, grammar
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens, verb_forms

_GAP, _LONG_GAP = 8, 36
# Officials may be many, joined by "and": "asked the Secretary of State and the Secretary of Defence to travel".
_BARRIERS = {_GAP: frozenset({"and", "that", "which"}), _LONG_GAP: frozenset({"that", "which"})}
_TOWARDS = frozenset({"toward", "towards"})
_TAKEN_AS_THEY_ARE = frozenset({"under", "for", "on"})
_REACH = 14
_STOPS = frozenset({";", ":", "."})
_CURRENCY = re.compile(r"[$€£¥]|(?:million|billion|trillion)$")
_BE = word_class("form of be")
# The kind of complement that stands in the items under a lead-in.
LIST = "list"
THAT_MODALS = word_class("modal of a that-clause")
_ADJUNCT_OPENERS = word_class("opens an adjunct")
_PREPOSITIONS = word_class("opens no object")
HOLDER_PREPOSITIONS = word_class("names the holder")
_BREAKS = word_class("ends an object")


def complements(tokens: Tokens, end: int, frame: Frame) -> Iterator[tuple[str, int, str]]:
    """What may follow a frame that ends before token `end`: kind of complement, token of its head, base form of its verb or ""."""
    index = skip_adverbs(tokens, end)
    if index >= len(tokens):
        return
    if _leads_a_list(tokens, index, frame):
        yield LIST, len(tokens) - 1, ""
        return
    if frame.tense == "modal":
        yield from _bare_verb(tokens, index)
        return
    word = tokens.words[index]
    if word == "to":
        yield from _after_to(tokens, index + 1)
    elif word == "that" and "that" in frame.complements:
        yield from _that_clause(tokens, index + 1)
    elif word in HOLDER_PREPOSITIONS and frame.tense == "noun":
        yield from _late_infinitive(tokens, index)
        yield word, index, ""
    elif word in _TOWARDS:
        yield "to_noun", index + 1, ""
    elif word in _TAKEN_AS_THEY_ARE:
        yield word, index, ""
    yield from _noun_phrases(tokens, index, frame)
    if "alone" in frame.complements:
        yield "alone", end - 1, ""
    if "to" in frame.complements and frame.tense != "noun" and (word == "," or word in _ADJUNCT_OPENERS):
        yield from _late_infinitive(tokens, index)


def _leads_a_list(tokens: Tokens, index: int, frame: Frame) -> bool:
    """Whether nothing but a colon follows: "the parties will:", "they agreed to:"; the verbs are those of the items."""
    rest = tokens.words[index:]
    return rest == (":",) if frame.tense == "modal" else rest == ("to", ":") and "to" in frame.complements


def skip_adverbs(tokens: Tokens, index: int) -> int:
    """The first token from `index` on that is no adverb."""
    while index < len(tokens) and grammar().adverb(tokens.words[index]):
        index += 1
    return index


def _bare_verb(tokens: Tokens, index: int) -> Iterator[tuple[str, int, str]]:
    word = tokens.words[index]
    if word in verb_forms().base or (word.isalpha() and word not in ("be", "have", "the", "a", "this")):
        yield "base", index, word


def _after_to(tokens: Tokens, index: int) -> Iterator[tuple[str, int, str]]:
    head = skip_adverbs(tokens, index)
    if head >= len(tokens):
        return
    word, forms = tokens.words[head], verb_forms()
    if tokens.words[index] == "further" and word not in forms.base:
        yield "to", index, "further"
    elif word in forms.base:
        yield "to", head, word
    elif word in forms.gerund:
        yield "to_gerund", head, forms.gerund[word]
    else:
        yield "to_noun", index, ""
        if word.isalpha() and not tokens.capitals[head]:
            yield "to", head, word


def _that_clause(tokens: Tokens, index: int) -> Iterator[tuple[str, int, str]]:
    for place in range(index, min(len(tokens), index + 2 * _REACH)):
        word = tokens.words[place]
        if word in _STOPS or word in _BE:
            return
        if word in THAT_MODALS:
            head = skip_adverbs(tokens, place + 1)
            if head < len(tokens):
                yield "that", head, tokens.words[head]
            return


def _noun_phrases(tokens: Tokens, index: int, frame: Frame) -> Iterator[tuple[str, int, str]]:
    kinds: set[str] = set()
    if tokens.words[index] in _PREPOSITIONS:
        return
    for place in range(index, min(len(tokens), index + _REACH)):
        word = tokens.words[place]
        if word in _STOPS or word in _BREAKS:
            break
        if _CURRENCY.search(word):
            kinds.add("money")
        if kind := grammar().deliverables.get(word):
            kinds |= {"deliverable", kind}
        if word == "invitation":
            kinds.add("invitation")
    if "noun" in frame.complements and frame.tense != "base":
        yield "noun", index, ""
    for kind in ("money", "agreement", "order", "deliverable", "invitation"):
        if kind in kinds:
            yield kind, index, ""
    if "officials" in frame.complements:
        yield from (("officials", head, verb) for _, head, verb in _late_infinitive(tokens, index, _LONG_GAP))


def _late_infinitive(tokens: Tokens, index: int, gap: int = _GAP) -> Iterator[tuple[str, int, str]]:
    """An infinitive a few words on: "agreed, in principle, to open", "plans in the coming weeks to send"."""
    for place in range(index, min(len(tokens) - 1, index + gap)):
        word = tokens.words[place]
        if word in _STOPS or word in _BARRIERS[gap] or word in _nominal_cues():
            return
        if word == "to":
            yield from ((kind, head, verb) for kind, head, verb in _after_to(tokens, place + 1) if kind == "to")
            return


@cache
def _nominal_cues() -> frozenset[str]:
    return frozenset(word for word, frames in grammar().frames.items() for frame in frames if frame.tense == "noun")
