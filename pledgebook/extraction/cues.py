"""Committing words in a sentence, each with what follows it: the places where an undertaking may stand.

A frame of the lexicon matches when its words stand in the right form and one of its complements follows. What the
complement's head is (the verb promised, the thing announced) is found in `complements.py`; where it ends, in `clause_ends.py`.
"""

from __future__ import annotations

from typing import NamedTuple

from pledgebook.extraction.complements import HOLDER_PREPOSITIONS, LIST, THAT_MODALS, complements, skip_adverbs
from pledgebook.extraction.grammar import Frame, grammar
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens, verb_forms

COPULAS = word_class("copula")
_BE = word_class("form of be")
_DETERMINERS = word_class("determiner before a noun")
_MODAL_BEFORE = word_class("before a bare verb")
_ANNOUNCING = word_class("announcing verb")
_NEAR = 3
_OPENS_PLURAL = word_class("opens a plural noun")
_NOUN_BEFORE = word_class("before a noun")


class Cue(NamedTuple):
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
    frames = grammar().frames
    if frames.keys().isdisjoint(tokens.words):
        return []
    found: list[Cue] = []
    reached = 0
    for index, word in enumerate(tokens.words):
        if index >= reached and word in frames and (cue := _cue_at(tokens, index, frames[word])):
            found.append(cue)
            reached = cue.end
    return found


def _cue_at(tokens: Tokens, index: int, frames: tuple[Frame, ...]) -> Cue | None:
    for frame in frames:
        end = index + len(frame.words)
        if tokens.words[index:end] == frame.words and _form_allowed(tokens, index, frame):
            for complement, head, verb in complements(tokens, end, frame):
                if complement in frame.complements or complement == LIST:
                    return _cue(tokens, frame, index, end, complement, head, verb)
    return None


def _cue(tokens: Tokens, frame: Frame, index: int, end: int, complement: str, head: int, verb: str) -> Cue:
    modal = _modal_before(tokens, head) if complement == "that" else index
    holder = (end, head) if frame.tense == "noun" and tokens.words[end] in HOLDER_PREPOSITIONS else None
    participle = _participle(tokens, head) if verb == "be" else None
    return Cue(frame, index, end, complement, head, participle or verb, modal, holder, participle is not None)


def _participle(tokens: Tokens, head: int) -> str | None:
    """The verb of a passive ("will be opened"), or None."""
    place = skip_adverbs(tokens, head + 1)
    return verb_forms().past.get(tokens.words[place]) if place < len(tokens) else None


def _modal_before(tokens: Tokens, head: int) -> int:
    while tokens.words[head] not in THAT_MODALS:
        head -= 1
    return head


def _form_allowed(tokens: Tokens, index: int, frame: Frame) -> bool:
    before = _before(tokens, index)
    if frame.tense == "base":
        bare = before not in _MODAL_BEFORE and before not in _DETERMINERS and not before.endswith(("'s", "s'"))
        return bare and index > 0 and not tokens.capitals[index]
    if frame.tense == "present" and _noun_too(frame.lemma) and _in_noun_phrase(tokens, index, before):
        return False
    if frame.tense == "gerund":
        return before in ("is", "are") and (frame.family == "progressive" or frame.lemma in _ANNOUNCING)
    if frame.tense == "past":
        return before not in _DETERMINERS and before not in _BE
    if frame.tense == "phrase":
        return before in COPULAS or frame.lemma == "resolved"
    return True


def _in_noun_phrase(tokens: Tokens, index: int, before: str) -> bool:
    """Whether "pledges" is a noun here: "welcomed pledges to", "new U.S. pledges to"; but "the United States pledges to"."""
    if before in grammar().reporting or before in _NOUN_BEFORE:
        return True
    near = tokens.words[max(0, index - _NEAR) : index]
    return before not in ("states", "nations", "kingdom") and not _OPENS_PLURAL.isdisjoint(near[:-1])


def _noun_too(lemma: str) -> bool:
    """Whether a verb's present form is also a noun's plural: "plans", "pledges", "promises"."""
    return any(frame.tense == "noun" for frame in grammar().frames.get(lemma, ()))


def _before(tokens: Tokens, index: int) -> str:
    index -= 1
    while index >= 0 and grammar().adverb(tokens.words[index]):
        index -= 1
    return tokens.words[index] if index >= 0 else ""
