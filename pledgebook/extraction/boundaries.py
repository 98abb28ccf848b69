"""Places in a clause where an undertaking may end or the next one begin.

A boundary is a sign, a joining word, a preposition, a relative or an infinitive's "to". Whether the quote goes on across it, stops before
it, or another undertaking follows, is decided in `partition.py` by the evidence of `boundary_evidence.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pledgebook.extraction.clause_ends import clause_end, without_stop
from pledgebook.extraction.conjuncts import joined_verbs
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.remembered import Remembered
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens, verb_forms

_JOINTS = word_class("joint")
_OPENERS = word_class("may open an addition")
_SIGNS = frozenset(':.!?()"-')
_LISTS = frozenset({"including", "include", "includes", "such", "by", ":"})
# Beyond this no reader finds the end of a clause, and time would grow with the square of its length.
LONGEST = 300


class Boundary(NamedTuple):
    """A place where a part may end: before token `end`; the next part would begin at token `resume`."""

    end: int
    resume: int


@dataclass(frozen=True)
class Clause:
    """A cue's clause: tokens first to end of the sentence, its head, and what kind of cue governs it.

    limit: token before which it ends, with whatever signs close it; form: base or gerund, the form of the promised verb, or noun; family,
    complement: of the cue. What the boundaries in it need to know is read when it is first asked for.
    """

    tokens: Tokens
    first: int
    head: int
    limit: int
    form: str
    family: str
    complement: str

    @cached_property
    def end(self) -> int:
        """Token before which its last word stands."""
        return max(without_stop(self.tokens, self.limit), self.head + 1)

    @cached_property
    def close(self) -> int:
        """Where the grammar would end it (`clause_ends.py`)."""
        return max(clause_end(self.tokens, self.head, self.limit), min(self.head + 1, self.limit))

    @cached_property
    def joined(self) -> frozenset[int]:
        """Tokens of the verbs that the grammar would part (`conjuncts.py`)."""
        return frozenset(
            joined_verbs(self.tokens, self.head, self.close, "gerund" if self.form == "gerund" else "base")
        )

    @cached_property
    def purposes(self) -> tuple[int, ...]:
        """Tokens of each "to" before a verb behind the head."""
        return tuple(
            place
            for place in range(self.head + 1, self.end)
            if self.tokens.words[place] == "to" and form_at(self.tokens, place + 1) == "base"
        )

    @cached_property
    def lists(self) -> tuple[int, ...]:
        """Tokens of the words that open a list."""
        return tuple(place for place in range(self.first, self.end) if self.tokens.words[place] in _LISTS)

    @cached_property
    def alike(self) -> tuple[int, ...]:
        """Joining words before another verb of the same form."""
        return tuple(
            place
            for place in range(self.first, self.end)
            if self.tokens.words[place] in _JOINTS and form_at(self.tokens, place + 1) == self.form
        )


def clause_at(tokens: Tokens, first: int, head: int, form: str, cue: tuple[str, str], limit: int) -> Clause:
    """The clause that begins at token `first`, with its head at `head`, before token `limit`; `cue` is family and complement."""
    return Clause(tokens, first, head, max(min(limit, head + LONGEST), head + 1), form, *cue)


def boundaries(tokens: Tokens, clause: Clause) -> list[Boundary]:
    """The boundaries of a clause in order; the last is its end."""
    found: list[Boundary] = []
    index = clause.head + 1
    while index < clause.end:
        word = tokens.words[index]
        if word in _JOINTS:
            resume = index + 1
            while resume < clause.end and tokens.words[resume] in _JOINTS:
                resume += 1
            found.append(Boundary(index, resume))
            index = resume
        elif word in _OPENERS or word in _SIGNS:
            found.append(Boundary(index, index))
        index += 1
    return [*found, Boundary(clause.end, clause.end)]


def form_at(tokens: Tokens, index: int) -> str:
    """Which form of a verb a token is, "verb or noun" or "other"; "end" outside the sentence."""
    if index >= len(tokens):
        return "end"
    form = _FORMS[tokens.words[index]]
    return "base" if form == "verb or noun" and tokens.words[index - 1] == "to" else form


def _form_of(word: str) -> str:
    forms = verb_forms()
    if word in forms.base:
        return "verb or noun" if word in grammar().verb_nouns else "base"
    if word in forms.gerund:
        return "gerund"
    if word in forms.past:
        return "past"
    return "third person" if word in forms.third_person else "other"


_FORMS = Remembered(_form_of)
