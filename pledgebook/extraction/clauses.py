"""From cues to undertakings: who is bound, and the exact spans of quote and cue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pledgebook.extraction.acceptance import accepted
from pledgebook.extraction.clause_ends import clause_end
from pledgebook.extraction.conjuncts import Span, conjuncts, deliverables, noun_then_verbs
from pledgebook.extraction.cues import COPULAS, Cue, find_cues
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.listed_members import members
from pledgebook.extraction.parties import Parties
from pledgebook.extraction.segmentation import Sentence
from pledgebook.extraction.subjects import SentenceActors
from pledgebook.extraction.undertakings import Lead, Undertaking
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens, verb_forms

_POSSESSIVES = word_class("possessive")
_PHRASE_LIMITS = word_class("limits a noun phrase")
_FINITE = word_class("finite verb")
_SPOKEN = word_class("verb of speech")


class ClauseReader:
    """Reads the undertakings of one sentence."""

    def __init__(self, sentence: Sentence, tokens: Tokens, actors: SentenceActors, parties: Parties, day: date) -> None:
        self._sentence, self._tokens, self._actors, self._parties, self._day = sentence, tokens, actors, parties, day

    def undertakings(self) -> list[Undertaking]:
        """Undertakings of the sentence in reading order, without overlaps."""
        cues = find_cues(self._tokens)
        found: list[Undertaking] = []
        reached = 0
        for position, cue in enumerate(cues):
            if cue.first < reached or self.excluded(cue):
                continue
            subject = self.subject_of(cue)
            if not subject:
                continue
            limit = next(
                (
                    self._beginning(later, cue)
                    for later in cues[position + 1 :]
                    if later.first > cue.head and self._starts_anew(later)
                ),
                len(self._tokens),
            )
            new = list(self._spans(cue, subject, limit))
            reached = max(self._token_at(item.end) for item in new)
            found += new
            self._parties.remember(subject)
        return found

    def excluded(self, cue: Cue) -> bool:
        """Whether the words around a cue say that it commits nobody."""
        return not accepted(self._tokens, cue, self._day)

    def subject_of(self, cue: Cue) -> tuple[str, ...]:
        """Codes of who is bound by a cue; () where the text names no actor for it."""
        if cue.frame.family == "nominal":
            return self._holder(cue)
        if cue.frame.family == "reported" and not self._reported_speech(cue):
            return ()
        if cue.complement == "that":
            inner = self._actors.subject(cue.modal, cue.end + 1)
            if inner and inner.codes:
                return inner.codes
        subject = self._actors.subject(cue.first)
        if cue.frame.family == "ordering" and not (subject and subject.order):
            return self._earlier_subject(cue.first) if self._joined(cue.first) and self._order_before(cue.first) else ()
        if subject and subject.codes:
            return subject.codes
        if self._joined(cue.first):
            return self._earlier_subject(cue.first)
        if cue.passive and self._parties.foreign and not (subject and subject.codes):
            return self._parties.all if self._parties.joint else (self._parties.issuer,)
        return ()

    def _order_before(self, index: int) -> bool:
        """Whether an earlier verb of the sentence has an executive order as its subject."""
        return any(word in ("order", "proclamation", "memorandum") for word in self._tokens.words[: min(index, 6)])

    def lead(self, cue: Cue, actors: tuple[str, ...]) -> Lead:
        """What this sentence lends to the list under it, read from its cue."""
        starts, ends = self._tokens.starts, self._tokens.ends
        return Lead(
            self._sentence,
            starts[cue.first],
            ends[cue.end - 1],
            actors,
            cue.frame.family,
            cue.frame.strength,
            self._novelty(cue),
            cue.verb,
        )

    def noun_lead(self, index: int, actors: tuple[str, ...]) -> Lead:
        """The same where a noun ("key terms") stands for the committing verb."""
        start, end = self._tokens.starts[index], self._tokens.ends[index]
        return Lead(self._sentence, start, end, actors, "noun", "firm", "", "")

    def declared(self, index: int) -> Lead:
        """The same where an item is its own committing verb, in capitals, as declarations have it: "ENHANCE trade"."""
        start, end = self._tokens.starts[index], self._tokens.ends[index]
        return Lead(self._sentence, start, end, self._parties.all, "declared", "firm", "", "")

    def item(self, lead: Lead, span: Span) -> Undertaking:
        """An item of a list, bound by its lead-in's cue."""
        base = Undertaking(
            self._sentence,
            0,
            0,
            lead.cue_start,
            lead.cue_end,
            lead.actors,
            "",
            lead.family,
            lead.strength,
            lead.novelty,
            listed=lead.cue_start,
            lead=lead.sentence.start,
        )
        return self._placed(base, span)

    def _token_at(self, offset: int) -> int:
        return next((index for index, start in enumerate(self._tokens.starts) if start >= offset), len(self._tokens))

    def _starts_anew(self, cue: Cue) -> bool:
        """A later cue ends the clause before it when it is a verb of its own, not a noun or verb inside the complement."""
        before = self._tokens.words[cue.first - 1] if cue.first else ""
        return cue.frame.family != "nominal" and before not in ("that", "which", "who") and cue.frame.tense != "base"

    def _beginning(self, later: Cue, cue: Cue) -> int:
        """Where the clause of a later cue begins: with its own subject, when that stands after this cue's head."""
        subject = self._actors.subject(later.first)
        own = self._verb_group_start(later)
        return subject.first if subject and subject.first > cue.head else max(own, cue.head + 1)

    def _reported_speech(self, cue: Cue) -> bool:
        words = self._tokens.words[: cue.first]
        return any(word in _SPOKEN for word in words)

    def _joined(self, index: int) -> bool:
        words = self._tokens.words
        while index > 0 and (grammar().adverb(words[index - 1]) or words[index - 1] in {"has", "have", *COPULAS}):
            index -= 1
        return index > 0 and words[index - 1] in ("and", ",", ";", "or", "but")

    def _earlier_subject(self, before: int) -> tuple[str, ...]:
        """The subject of the nearest earlier finite verb of the sentence that has one."""
        words, forms = self._tokens.words, verb_forms()
        for index in range(before - 1, 0, -1):
            word = words[index]
            if (
                word in forms.past
                or word.endswith("ed")
                or word in forms.third_person
                or word in _FINITE
                or word in grammar().reporting
            ):
                subject = self._actors.subject(index)
                if subject and subject.codes:
                    return subject.codes
        return ()

    def _holder(self, cue: Cue) -> tuple[str, ...]:
        """Whose commitment it is: "Norland's commitment", "the commitment of Norland to", else the subject's of the clause."""
        if cue.holder and (codes := self._actors.codes(*cue.holder)):
            return codes
        first = self._noun_phrase_start(cue.first)
        named = self._actors.codes(first, cue.first)
        if named and self._tokens.words[first] not in _POSSESSIVES:
            return named
        subject = self._earlier_subject(cue.first) or self._actors.codes(0, cue.first)
        if self._tokens.words[first] == "their" and len(subject) == 1 and len(self._parties.all) > 1:
            return subject
        return subject or (self._parties.all if self._parties.foreign else ())

    def _noun_phrase_start(self, index: int) -> int:
        """Start of "their strong and enduring" or "the United States' ironclad" before a noun at `index`."""
        words, low = self._tokens.words, max(0, index - 9)
        for place in range(index - 1, low - 1, -1):
            if words[place] in _POSSESSIVES or words[place] in ("the", "a", "an"):
                return place
            if words[place] in _PHRASE_LIMITS or words[place] in grammar().reporting or self._actors.verb_at(place):
                return place + 1
        return low

    def _quote_start(self, cue: Cue) -> int:
        if cue.frame.family != "nominal":
            return self._verb_group_start(cue)
        first = self._noun_phrase_start(cue.first)
        before = first - 1
        while before > 0 and grammar().adverb(self._tokens.words[before]):
            before -= 1
        reporting = grammar().reporting.get(self._tokens.words[before]) if before >= 0 else None
        return before if reporting and reporting.quoted else first

    def _verb_group_start(self, cue: Cue) -> int:
        """A passive's quote begins with its subject, an adjective's with its copula, a perfect's with its auxiliary."""
        before = self._tokens.words[cue.first - 1] if cue.first else ""
        if cue.passive and (subject := self._actors.subject(cue.first)):
            return subject.first
        if (cue.frame.tense in ("phrase", "gerund") and before in COPULAS) or (
            cue.frame.tense == "past" and before in ("has", "have")
        ):
            return cue.first - 1
        return cue.first

    def _novelty(self, cue: Cue) -> str:
        if cue.frame.family != "nominal":
            return cue.frame.novelty
        reporting = grammar().reporting.get(self._tokens.words[self._quote_start(cue)])
        if reporting and reporting.novelty:
            return reporting.novelty
        first = self._noun_phrase_start(cue.first)
        possessed = self._tokens.words[first] in _POSSESSIVES or bool(self._actors.codes(first, cue.first))
        return "reaffirmed" if possessed else ""

    def _spans(self, cue: Cue, subject: tuple[str, ...], limit: int) -> Iterator[Undertaking]:
        base = self._undertaking(cue, subject)
        listed = members(self._tokens, cue.head, limit, cue.frame.family in ("announce", "performative"))
        if listed:
            yield from (replace(self._placed(base, span), listed=base.cue_start) for span in listed)
            return
        end = max(clause_end(self._tokens, cue.head, limit), min(cue.head + 1, limit))
        start = self._quote_start(cue)
        if cue.complement == "to_noun":
            first, *later = noun_then_verbs(self._tokens, cue.head, end)
            yield from (self._placed(base, span) for span in (Span(start, first.end, ""), *later))
            return
        if not cue.verb:
            parts = deliverables(self._tokens, cue.head, end) if cue.frame.family == "announce" else [end]
            for begin, last in zip([start, *(part + 1 for part in parts)], parts, strict=False):
                yield self._placed(base, Span(begin, last, ""))
            return
        spans = conjuncts(self._tokens, cue.head, end, "gerund" if cue.complement == "to_gerund" else "base")
        yield from (self._placed(base, span) for span in (Span(start, spans[0].end, cue.verb), *spans[1:]))

    def _undertaking(self, cue: Cue, subject: tuple[str, ...]) -> Undertaking:
        starts, ends = self._tokens.starts, self._tokens.ends
        return Undertaking(
            self._sentence,
            0,
            0,
            starts[cue.first],
            ends[cue.end - 1],
            subject,
            cue.verb,
            cue.frame.family,
            cue.frame.strength,
            self._novelty(cue),
        )

    def _placed(self, base: Undertaking, span: Span) -> Undertaking:
        start, end = self._tokens.starts[span.first], self._tokens.ends[span.end - 1]
        return replace(base, start=start, end=end, verb=span.verb, reaches_end=span.end >= len(self._tokens) - 1)
