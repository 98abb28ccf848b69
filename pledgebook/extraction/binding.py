"""Who is bound by a cue: the subject of its verb, the holder of a commitment, else whoever the document speaks for."""

from __future__ import annotations

from typing import NamedTuple

from pledgebook.extraction.cues import COPULAS, Cue
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.parties import Parties
from pledgebook.extraction.subjects import SentenceActors, Subject
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens, verb_forms

_POSSESSIVES = word_class("possessive")
_PHRASE_LIMITS = word_class("limits a noun phrase")
_FINITE = word_class("finite verb")
_SPOKEN = word_class("verb of speech")
_AUXILIARIES = COPULAS | {"has", "have"}
_LONGEST_PHRASE = 9
_REACH = 80


class Bound(NamedTuple):
    """Who is bound: actor codes; how the text says so (evidence); and the head noun of the phrase that names them, or "".

    how: named, inner (subject of a that-clause), holder, possessive, inherited (from an earlier verb), passive, assumed (the text names none).
    """

    codes: tuple[str, ...]
    how: str
    noun: str = ""


class Binding:
    """Reads who is bound by the cues of one sentence."""

    def __init__(self, tokens: Tokens, actors: SentenceActors, parties: Parties) -> None:
        self._tokens, self._actors, self._parties = tokens, actors, parties
        self._known: dict[int, Bound] = {}

    def of(self, cue: Cue) -> Bound:
        """Who is bound by a cue; somebody always is, if only assumed."""
        if cue.first not in self._known:
            self._known[cue.first] = self._read(cue)
        return self._known[cue.first]

    def _read(self, cue: Cue) -> Bound:
        if cue.frame.family == "nominal":
            return self._holder(cue)
        if cue.complement == "that":
            inner = self._actors.subject(cue.modal, cue.end + 1)
            if inner and inner.codes:
                return Bound(inner.codes, "inner", inner.noun)
        subject = self._actors.subject(cue.first)
        if cue.frame.family == "ordering":
            return self._by_order(cue, subject)
        if cue.frame.family == "reported" and not self._reported_speech(cue):
            return self._assumed(cue, subject, "unreported")
        if subject and subject.codes:
            return Bound(subject.codes, "named", subject.noun)
        if self._joined(cue.first) and (earlier := self._earlier_subject(cue.first)):
            return Bound(earlier, "inherited", subject.noun if subject else "")
        return self._assumed(cue, subject, "passive" if cue.passive else "assumed")

    def noun_phrase_start(self, index: int) -> int:
        """Start of "their strong and enduring" or "the United States' ironclad" before a noun at `index`."""
        words, low = self._tokens.words, max(0, index - _LONGEST_PHRASE)
        for place in range(index - 1, low - 1, -1):
            if words[place] in _POSSESSIVES or words[place] in ("the", "a", "an"):
                return place
            if words[place] in _PHRASE_LIMITS or words[place] in grammar().reporting or self._actors.verb_at(place):
                return place + 1
        return low

    def possessed(self, noun: int) -> bool:
        """Whether the noun at a token is somebody's: "their commitment", "Norland's pledge"."""
        first = self.noun_phrase_start(noun)
        return self._tokens.words[first] in _POSSESSIVES or bool(self._actors.codes(first, noun))

    def _by_order(self, cue: Cue, subject: Subject | None) -> Bound:
        """ "The Order waives …" binds the issuer; the same verbs with other subjects in the present tense tell facts."""
        if subject and subject.order:
            return Bound(subject.codes, "order", subject.noun)
        if self._joined(cue.first) and self._order_before(cue.first) and (earlier := self._earlier_subject(cue.first)):
            return Bound(earlier, "order")
        if subject and subject.codes:
            return Bound(subject.codes, "named by a fact", subject.noun)
        return self._assumed(cue, subject, "assumed")

    def _assumed(self, cue: Cue, subject: Subject | None, how: str) -> Bound:
        together = self._parties.joint and self._parties.foreign
        codes = self._parties.all if together else (self._parties.issuer,)
        return Bound(codes, how, subject.noun if subject else "")

    def _order_before(self, index: int) -> bool:
        """Whether an earlier verb of the sentence has an executive order as its subject."""
        return any(word in ("order", "proclamation", "memorandum") for word in self._tokens.words[: min(index, 6)])

    def _reported_speech(self, cue: Cue) -> bool:
        return any(word in _SPOKEN for word in self._tokens.words[max(0, cue.first - _REACH) : cue.first])

    def _joined(self, index: int) -> bool:
        words = self._tokens.words
        while index > 0 and (grammar().adverb(words[index - 1]) or words[index - 1] in _AUXILIARIES):
            index -= 1
        return index > 0 and words[index - 1] in ("and", ",", ";", "or", "but")

    def _earlier_subject(self, before: int) -> tuple[str, ...]:
        """The subject of the nearest earlier finite verb of the sentence that has one."""
        for index in range(before - 1, max(0, before - _REACH), -1):
            if self._finite(self._tokens.words[index]):
                subject = self._actors.subject(index)
                if subject and subject.codes:
                    return subject.codes
        return ()

    def _finite(self, word: str) -> bool:
        forms = verb_forms()
        known = word in forms.past or word in forms.third_person or word in _FINITE
        return known or word.endswith("ed") or word in grammar().reporting

    def _holder(self, cue: Cue) -> Bound:
        """Whose commitment it is: "Norland's commitment", "the commitment of Norland to", else the subject's of the clause."""
        if cue.holder and (codes := self._actors.codes(*cue.holder)):
            return Bound(codes, "holder")
        first = self.noun_phrase_start(cue.first)
        word = self._tokens.words[first]
        named = self._actors.codes(first, cue.first)
        if named and word not in _POSSESSIVES:
            return Bound(named, "holder")
        how = f"possessive {word}" if word in _POSSESSIVES else "inherited"
        subject = self._earlier_subject(cue.first) or self._actors.codes(0, cue.first)
        if word == "their" and len(subject) == 1 and len(self._parties.all) > 1:
            return Bound(subject, how)
        return Bound(subject, how) if subject else Bound(self._parties.all, "assumed")
