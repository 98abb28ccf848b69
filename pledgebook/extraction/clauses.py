"""From cues to candidates for undertakings: who is bound, and the exact spans of quote and cue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from pledgebook.extraction.binding import Binding, Bound
from pledgebook.extraction.boundaries import LONGEST, Clause, clause_at
from pledgebook.extraction.complements import LIST
from pledgebook.extraction.conjuncts import Span
from pledgebook.extraction.cues import COPULAS, Cue, find_cues
from pledgebook.extraction.evidence import about_cue, about_item, about_sentence, about_span
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.listed_members import members
from pledgebook.extraction.parties import Parties
from pledgebook.extraction.partition import parts
from pledgebook.extraction.segmentation import Sentence
from pledgebook.extraction.signs import signs_against, told_again
from pledgebook.extraction.subjects import SentenceActors
from pledgebook.extraction.undertakings import Lead, Undertaking
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens

_SUBORDINATING = word_class("subordinating")
_CERTAIN = frozenset({"named", "inner", "holder", "inherited", "order"})


class ClauseReader:
    """Reads the candidates of one sentence; `place` is the evidence of where the sentence stands, `kind` its document's type.

    tokens, cues: of the sentence; clauses: those read so far.
    """

    def __init__(
        self,
        sentence: Sentence,
        tokens: Tokens,
        actors: SentenceActors,
        parties: Parties,
        day: date,
        place: tuple[str, ...],
        kind: str,
    ) -> None:
        self._sentence, self.tokens, self._actors = sentence, tokens, actors
        self._parties, self._day, self._place, self._kind = parties, day, place, kind
        self._binding = Binding(tokens, actors, parties)
        self.cues = find_cues(tokens)
        self.clauses: list[Clause] = []

    def candidates(self) -> Iterator[Undertaking]:
        """Every span that a cue of the sentence may commit somebody to, in the order of the cues.

        What stands between a cue and the list that it governs is its umbrella, and no candidate.
        """
        listed_from = 0
        for position, cue in enumerate(self.cues):
            bound = self._binding.of(cue)
            if not bound.codes or cue.first < listed_from or cue.complement == LIST or told_again(self.tokens, cue):
                continue
            if bound.how in _CERTAIN:
                self._parties.remember(bound.codes)
            base = self._undertaking(cue, bound)
            limit = self._limit(position)
            if listed := members(self.tokens, cue.head, limit, cue.frame.family in ("announce", "performative")):
                listed_from = listed[0].first
                for place, span in enumerate(listed):
                    yield replace(self._placed(base, span, place, "listed"), listed=base.cue_start)
            else:
                for place, span in enumerate(self.parts(self._clause(cue, limit), cue.verb)):
                    yield self._placed(base, span, place)

    def lead(self, cue: Cue) -> Lead | None:
        """What this sentence lends to the list under it, read from its cue; None where it binds nobody."""
        bound = self._binding.of(cue)
        starts, ends = self.tokens.starts, self.tokens.ends
        frame = cue.frame
        evidence = tuple(f"lead {feature}" for feature in self._about(cue, bound))
        return Lead(
            self._sentence,
            starts[cue.first],
            ends[cue.end - 1],
            bound.codes,
            frame.family,
            frame.strength,
            self._novelty(cue),
            evidence,
            cue.complement == LIST,
        )

    def other_lead(self, index: int, kind: str) -> Lead:
        """The same where something else stands for the committing verb: a noun ("key terms"), the item's own first verb."""
        start, end = self.tokens.starts[index], self.tokens.ends[index]
        actors = self._parties.all if kind != "alone" or self._parties.foreign else (self._parties.issuer,)
        return Lead(self._sentence, start, end, actors, kind, "firm", "", (f"lead {kind}",))

    def item(self, lead: Lead, span: Span, position: int) -> Undertaking:
        """An item of a list, bound by its lead-in's cue."""
        evidence = (*lead.evidence, *about_item(self.tokens, span.first, lead.family))
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
            evidence,
            listed=lead.cue_start,
            lead=lead.sentence.start,
        )
        return self._placed(base, span, position)

    def _about(self, cue: Cue, bound: Bound) -> tuple[str, ...]:
        return about_cue(self.tokens, cue, bound, signs_against(self.tokens, cue, self._day), self._kind)

    def _limit(self, position: int) -> int:
        """Where the clause of a cue must end, because the next one begins."""
        cue = self.cues[position]
        for later in self.cues[position + 1 :]:
            if later.first > cue.head + LONGEST:
                break
            if later.first > cue.head and self._starts_anew(later):
                return self._beginning(later, cue)
        return len(self.tokens)

    def _starts_anew(self, cue: Cue) -> bool:
        """A later cue ends the clause before it when it is a verb of its own, not a noun or a verb inside the complement."""
        subject = self._actors.subject(cue.first)
        opener = (subject.first if subject else cue.first) - 1
        embedded = opener >= 0 and self.tokens.words[opener] in _SUBORDINATING
        return cue.frame.family not in ("nominal", "ordering") and not embedded and cue.frame.tense != "base"

    def _beginning(self, later: Cue, cue: Cue) -> int:
        """Where the clause of a later cue begins: with its own subject, when that stands after this cue's head."""
        subject = self._actors.subject(later.first)
        own = self._verb_group_start(later)
        return subject.first if subject and subject.first > cue.head else max(own, cue.head + 1)

    def _quote_start(self, cue: Cue) -> int:
        if cue.frame.family != "nominal":
            return self._verb_group_start(cue)
        first = self._binding.noun_phrase_start(cue.first)
        before = first - 1
        while before > 0 and grammar().adverb(self.tokens.words[before]):
            before -= 1
        reporting = grammar().reporting.get(self.tokens.words[before]) if before >= 0 else None
        return before if reporting and reporting.quoted else first

    def _verb_group_start(self, cue: Cue) -> int:
        """A thing's quote begins with its subject ("the tariff will remain"), an adjective's with its copula, a perfect's with its auxiliary."""
        before = self.tokens.words[cue.first - 1] if cue.first else ""
        if self._of_a_thing(cue) and (subject := self._actors.subject(cue.first)):
            return subject.first
        if (cue.frame.tense in ("phrase", "gerund") and before in COPULAS) or (
            cue.frame.tense == "past" and before in ("has", "have")
        ):
            return cue.first - 1
        return cue.first

    def _of_a_thing(self, cue: Cue) -> bool:
        """Whether the subject is what is promised, and no actor."""
        if cue.passive or cue.frame.family == "terms":
            return True
        return cue.frame.family == "modal" and self._binding.of(cue).how == "assumed"

    def _novelty(self, cue: Cue) -> str:
        if cue.frame.family != "nominal":
            return cue.frame.novelty
        reporting = grammar().reporting.get(self.tokens.words[self._quote_start(cue)])
        if reporting and reporting.novelty:
            return reporting.novelty
        return "reaffirmed" if self._binding.possessed(cue.first) else ""

    def parts(self, clause: Clause, verb: str) -> list[Span]:
        """The undertakings of a clause as spans; see `partition.parts`."""
        self.clauses.append(clause)
        return parts(self.tokens, clause, verb)

    def _clause(self, cue: Cue, limit: int) -> Clause:
        form = "gerund" if cue.complement == "to_gerund" else "base" if cue.verb else "noun"
        governed = (cue.frame.family, cue.complement)
        return clause_at(self.tokens, self._quote_start(cue), cue.head, form, governed, limit)

    def _undertaking(self, cue: Cue, bound: Bound) -> Undertaking:
        starts, ends = self.tokens.starts, self.tokens.ends
        frame = cue.frame
        return Undertaking(
            self._sentence,
            0,
            0,
            starts[cue.first],
            ends[cue.end - 1],
            bound.codes,
            cue.verb,
            frame.family,
            frame.strength,
            self._novelty(cue),
            self._about(cue, bound),
        )

    @cached_property
    def _around(self) -> tuple[str, ...]:
        """Evidence that all candidates of the sentence share."""
        return (*self._place, *about_sentence(self.tokens))

    def _placed(self, base: Undertaking, span: Span, position: int, kind: str = "joined") -> Undertaking:
        tokens = self.tokens
        evidence = (*self._around, *base.evidence, *about_span(tokens, span.first, span.end, position), f"kind {kind}")
        start, end = tokens.starts[span.first], tokens.ends[span.end - 1]
        at_end = span.end >= len(tokens) - 1
        return replace(base, start=start, end=end, verb=span.verb, evidence=evidence, reaches_end=at_end)
