"""What the cues and lead-ins of a sentence propose, and the candidates that the proposals fall into.

Cutting a clause into candidates takes most of the time, and four clauses in five hold none that counts. So a clause is cut only when
somebody asks for its candidates, and whoever wants those that count is spared the clauses of which no span could.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pledgebook.extraction.boundaries import Clause, boundaries
from pledgebook.extraction.conjuncts import Span
from pledgebook.extraction.evidence import (
    SPAN_CHOICES,
    about_item,
    about_kind,
    about_sentence,
    about_span,
    perhaps_about_span,
)
from pledgebook.extraction.judgement import could_count
from pledgebook.extraction.partition import parts
from pledgebook.extraction.undertakings import Undertaking
from pledgebook.extraction.weighing import Evidence
from pledgebook.extraction.words import Tokens

_JOINED, _LISTED = "joined", "listed"


@dataclass(frozen=True)
class Proposal:
    """What may be undertaken under one cue: all but the spans (`base`), and the clause to be cut, or the members of the list in it."""

    base: Undertaking
    clause: Clause | None = None
    members: tuple[Span, ...] = ()


class Proposals:
    """The proposals of one sentence; `place` is the evidence of where the sentence stands."""

    def __init__(self, tokens: Tokens, place: Evidence, proposals: list[Proposal]) -> None:
        self.tokens, self._proposals = tokens, proposals
        self._around = (place, about_sentence(tokens))

    @property
    def clauses(self) -> list[Clause]:
        """The clauses that the candidates are parts of."""
        return [proposal.clause for proposal in self._proposals if proposal.clause]

    def candidates(self) -> list[Undertaking]:
        """Every candidate of the sentence, by where it begins; they may overlap."""
        return self._cut(self._proposals)

    def promising(self) -> list[Undertaking]:
        """The same without the proposals of which no candidate can count."""
        return self._cut(filter(self._could_count, self._proposals))

    def _cut(self, proposals: Iterable[Proposal]) -> list[Undertaking]:
        found = [candidate for proposal in proposals for candidate in self._of(proposal)]
        return sorted(found, key=lambda item: item.start)

    def _of(self, proposal: Proposal) -> Iterator[Undertaking]:
        base, tokens = proposal.base, self.tokens
        kind = _JOINED if proposal.clause else _LISTED
        spans = parts(tokens, proposal.clause, base.verb) if proposal.clause else proposal.members
        for position, span in enumerate(spans):
            seen = (
                *self._about(base, span.first),
                *about_span(tokens, span.first, span.end, position),
                about_kind(kind),
            )
            start, end = tokens.starts[span.first], tokens.ends[span.end - 1]
            at_end = span.end >= len(tokens) - 1
            yield base._replace(start=start, end=end, verb=span.verb, evidence=seen, reaches_end=at_end)

    def _about(self, base: Undertaking, first: int) -> tuple[Evidence, ...]:
        """The evidence of a span that begins at token `first`, but for its own words."""
        own = about_item(self.tokens, first, base.family) if base.lead is not None else ()
        return (*self._around, *base.evidence, *own)

    def _could_count(self, proposal: Proposal) -> bool:
        base, clause = proposal.base, proposal.clause
        if clause is None:
            return True
        # Only an item's evidence depends on where a part begins; a part may reach one token behind the clause.
        later = boundaries(self.tokens, clause)[:-1] if base.lead is not None else []
        perhaps = perhaps_about_span(self.tokens, clause.first, clause.end + 1)
        return any(
            could_count((*self._about(base, first), about_kind(_JOINED)), SPAN_CHOICES, perhaps)
            for first in (clause.first, *(boundary.resume for boundary in later if boundary.resume < len(self.tokens)))
        )
