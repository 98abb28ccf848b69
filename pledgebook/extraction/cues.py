"""Committing words in a sentence, each with what follows it: the places where an undertaking may stand.

A frame of the lexicon matches when its words stand in the right form and one of its complements follows. What the
complement's head is (the verb promised, the thing announced) is found here; where it ends is `spans.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pledgebook.extraction.grammar import Frame, grammar
from pledgebook.extraction.words import Tokens, verb_forms

_GAP = 8
_REACH = 14
_STOPS = frozenset({";", ":", "."})
COPULAS = frozenset(
    {"is", "are", "was", "were", "be", "been", "remain", "remains", "remained", "stand", "stands", "stood", "re"}
)
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_DETERMINERS = frozenset({"the", "a", "an", "this", "these", "as", "of", "its", "their", "our"})
_MODAL_BEFORE = frozenset(
    {"to", "will", "would", "shall", "should", "could", "can", "may", "might", "must", "not", "did", "does", "do"}
)
_THAT_MODALS = frozenset({"will", "would", "shall", "should", "must"})
_CURRENCY = re.compile(r"[$€£¥]|(?:million|billion|trillion)$")
_ADJUNCT_OPENERS = frozenset(["in", "with", "at", "by", "over", "during", "as", "alongside", "within"])
_PREPOSITIONS = frozenset(
    ["in", "at", "on", "with", "during", "after", "by", "from", "into", "under", "of", "for", "as", "to", "and"]
)
_HOLDER_PREPOSITIONS = frozenset({"of", "by", "from"})
_ANNOUNCING = frozenset(["announce", "launch", "commit", "sign", "join", "establish", "impose", "issue", "pledge"])
_NOUN_BEFORE = frozenset(
    {
        "with",
        "of",
        "his",
        "their",
        "its",
        "the",
        "including",
        "existing",
        "new",
        "upcoming",
        "on",
        "and",
        "welcome",
        "discussed",
    }
)
_BREAKS = frozenset(["that", "which", "to", "for", "he", "she", "they", "it", "we", "will", "would", "i", "who"])


@dataclass(frozen=True)
class Cue:
    """A committing expression found at tokens first to end (exclusive), and what it governs.

    complement: which of the frame's complements was found; head: token where the undertaking proper begins (its verb or its noun phrase);
    verb: base form of the promised verb, or "" when the complement is a noun; modal: token of the modal in a that-clause, else `first`;
    holder: tokens of the phrase between a noun and its infinitive ("the commitment of Norland to"), or None; passive: "will be opened".
    """

    frame: Frame
    first: int
    end: int
    complement: str
    head: int
    verb: str
    modal: int
    holder: tuple[int, int] | None = None
    passive: bool = False


def find_cues(tokens: Tokens) -> list[Cue]:
    """All cues of a sentence, left to right, without overlaps; longer frames first."""
    found: list[Cue] = []
    index = 0
    while index < len(tokens):
        cue = _cue_at(tokens, index)
        if cue:
            found.append(cue)
        index = cue.end if cue else index + 1
    return found


def _cue_at(tokens: Tokens, index: int) -> Cue | None:
    for frame in grammar().frames.get(tokens.words[index], ()):
        end = index + len(frame.words)
        if tokens.words[index:end] == frame.words and _form_allowed(tokens, index, frame):
            for complement, head, verb in _complements(tokens, end, frame):
                if complement in frame.complements:
                    return _cue(tokens, frame, index, end, complement, head, verb)
    return None


def _cue(tokens: Tokens, frame: Frame, index: int, end: int, complement: str, head: int, verb: str) -> Cue:
    modal = _modal_before(tokens, head) if complement == "that" else index
    holder = (end, head) if frame.tense == "noun" and tokens.words[end] in _HOLDER_PREPOSITIONS else None
    participle = _participle(tokens, head) if verb == "be" else None
    return Cue(frame, index, end, complement, head, participle or verb, modal, holder, participle is not None)


def _participle(tokens: Tokens, head: int) -> str | None:
    """The verb of a passive ("will be opened"), or None."""
    place = _skip_adverbs(tokens, head + 1)
    return verb_forms().past.get(tokens.words[place]) if place < len(tokens) else None


def _modal_before(tokens: Tokens, head: int) -> int:
    while tokens.words[head] not in _THAT_MODALS:
        head -= 1
    return head


def _form_allowed(tokens: Tokens, index: int, frame: Frame) -> bool:
    before = _before(tokens, index)
    if frame.tense == "base":
        bare = before not in _MODAL_BEFORE and before not in _DETERMINERS and not before.endswith(("'s", "s'"))
        return bare and index > 0 and not tokens.capitals[index]
    if (
        frame.tense == "present"
        and _noun_too(frame.lemma)
        and (before in grammar().reporting or before in _NOUN_BEFORE)
    ):
        return False
    if frame.tense == "gerund":
        return before in ("is", "are") and (frame.family == "progressive" or frame.lemma in _ANNOUNCING)
    if frame.tense == "past":
        return before not in _DETERMINERS and before not in _BE
    if frame.tense == "phrase":
        return before in COPULAS or frame.lemma == "resolved"
    return True


def _noun_too(lemma: str) -> bool:
    """Whether a verb's present form is also a noun's plural: "plans", "pledges", "promises"."""
    return any(frame.tense == "noun" for frame in grammar().frames.get(lemma, ()))


def _before(tokens: Tokens, index: int) -> str:
    index -= 1
    while index >= 0 and grammar().adverb(tokens.words[index]):
        index -= 1
    return tokens.words[index] if index >= 0 else ""


def _complements(tokens: Tokens, end: int, frame: Frame) -> Iterator[tuple[str, int, str]]:
    index = _skip_adverbs(tokens, end)
    if index >= len(tokens):
        return
    if frame.tense == "modal":
        yield from _bare_verb(tokens, index)
        return
    word = tokens.words[index]
    if word == "to":
        yield from _after_to(tokens, index + 1)
    elif word == "that" and "that" in frame.complements:
        yield from _that_clause(tokens, index + 1)
    elif word in _HOLDER_PREPOSITIONS and frame.tense == "noun":
        yield from _late_infinitive(tokens, index)
        yield word, index, ""
    elif word == "under" or word == "for":
        yield word, index, ""
    yield from _noun_phrases(tokens, index, frame)
    if "to" in frame.complements and frame.tense != "noun" and (word == "," or word in _ADJUNCT_OPENERS):
        yield from _late_infinitive(tokens, index)


def _skip_adverbs(tokens: Tokens, index: int) -> int:
    while index < len(tokens) and grammar().adverb(tokens.words[index]):
        index += 1
    return index


def _bare_verb(tokens: Tokens, index: int) -> Iterator[tuple[str, int, str]]:
    word = tokens.words[index]
    if word in verb_forms().base or (word.isalpha() and word not in ("be", "have", "the", "a", "this")):
        yield "base", index, word


def _after_to(tokens: Tokens, index: int) -> Iterator[tuple[str, int, str]]:
    head = _skip_adverbs(tokens, index)
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


def _that_clause(tokens: Tokens, index: int) -> Iterator[tuple[str, int, str]]:
    for place in range(index, min(len(tokens), index + 2 * _REACH)):
        word = tokens.words[place]
        if word in _STOPS or word in _BE:
            return
        if word in _THAT_MODALS:
            head = _skip_adverbs(tokens, place + 1)
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
    if frame.family == "ordering" and frame.tense == "present":
        yield "noun", index, ""
    for kind in ("money", "agreement", "order", "deliverable", "invitation"):
        if kind in kinds:
            yield kind, index, ""
    if "officials" in frame.complements:
        yield from (("officials", head, verb) for _, head, verb in _late_infinitive(tokens, index))


def _late_infinitive(tokens: Tokens, index: int) -> Iterator[tuple[str, int, str]]:
    """An infinitive a few words on: "agreed, in principle, to open", "plans in the coming weeks to send"."""
    for place in range(index, min(len(tokens) - 1, index + _GAP)):
        word = tokens.words[place]
        if word in _STOPS or word in ("and", "that", "which") or word in _nominal_cues():
            return
        if word == "to":
            yield from ((kind, head, verb) for kind, head, verb in _after_to(tokens, place + 1) if kind == "to")
            return


@cache
def _nominal_cues() -> frozenset[str]:
    return frozenset(word for word, frames in grammar().frames.items() for frame in frames if frame.tense == "noun")
