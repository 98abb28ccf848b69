"""From cues to proposals of undertakings: who is bound, the exact span of the cue, and where the quote begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pledgebook.extraction.binding import Binding, Bound
from pledgebook.extraction.boundaries import LONGEST, Clause, clause_at
from pledgebook.extraction.complements import LIST
from pledgebook.extraction.cues import COPULAS, Cue, find_cues
from pledgebook.extraction.evidence import about_cue
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.listed_members import members
from pledgebook.extraction.parties import Parties
from pledgebook.extraction.proposals import Proposal
from pledgebook.extraction.segmentation import Sentence
from pledgebook.extraction.signs import signs_against, told_again
from pledgebook.extraction.subjects import SentenceActors
from pledgebook.extraction.undertakings import Lead, Undertaking
from pledgebook.extraction.weighing import Evidence, every
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens

_SUBORDINATING = word_class("subordinating")
_CERTAIN = frozenset({"named", "inner", "holder", "inherited", "order"})


class ClauseReader:
    """Reads the proposals of one sentence; `kind` is its document's type. tokens, cues: of the sentence."""

    def __init__(
        self, sentence: Sentence, tokens: Tokens, actors: SentenceActors, parties: Parties, day: date, kind: str
    ) -> None:
        self._sentence, self.tokens, self._actors = sentence, tokens, actors
        self._parties, self._day, self._kind = parties, day, kind
        self._binding = Binding(tokens, actors, parties)
        self.cues = find_cues(tokens)

    def proposals(self) -> Iterator[Proposal]:
        """What each cue of the sentence may commit somebody to, in the order of the cues.

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
                yield Proposal(base._replace(listed=base.cue_start), members=tuple(listed))
            else:
                yield Proposal(base, self._clause(cue, limit))

    def lead(self, cue: Cue) -> Lead | None:
        """What this sentence lends to the list under it, read from its cue; None where it binds nobody."""
        bound = self._binding.of(cue)
        starts, ends = self.tokens.starts, self.tokens.ends
        frame = cue.frame
        evidence = (Evidence(tuple(f"lead {piece}" for piece in every(self._about(cue, bound)))),)
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
        return Lead(self._sentence, start, end, actors, kind, "firm", "", (Evidence((f"lead {kind}",)),))

    def item(self, lead: Lead, clause: Clause, verb: str) -> Proposal:
        """An item of a list, bound by its lead-in's cue; `verb` is the base form of its first verb, or ""."""
        base = Undertaking(
            self._sentence,
            0,
            0,
            lead.cue_start,
            lead.cue_end,
            lead.actors,
            verb,
            lead.family,
            lead.strength,
            lead.novelty,
            lead.evidence,
            listed=lead.cue_start,
            lead=lead.sentence.start,
        )
        return Proposal(base, clause)

    def _about(self, cue: Cue, bound: Bound) -> tuple[Evidence, ...]:
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
