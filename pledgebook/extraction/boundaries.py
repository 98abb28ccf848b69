"""Places in a clause where an undertaking may end or the next one begin, each with its evidence.

A boundary is a sign, a joining word, a preposition, a relative or an infinitive's "to". Whether the quote goes on across it, stops before
it, or another undertaking follows, is decided in `partition.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pledgebook.extraction.clause_ends import aside, clause_end, new_clause, without_stop
from pledgebook.extraction.conjuncts import joined_verbs
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens, verb_forms

_JOINTS = word_class("joint")
_OPENERS = word_class("may open an addition")
_SIGNS = frozenset(':.!?()"-')
_LENGTHS = (2, 4, 7, 11, 16, 24, 36)
_LISTS = frozenset({"including", "include", "includes", "such", "by", ":"})
_SERIES = 3
# How many words are read beside a boundary, of the part before it, of what is behind it.
_NEXT, _PART, _REST = 4, 30, 12
# Beyond this no reader finds the end of a clause, and time would grow with the square of its length.
LONGEST = 300


@dataclass(frozen=True)
class Boundary:
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
            if self.tokens.words[place] == "to" and _form(self.tokens, place + 1) == "base"
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
            if self.tokens.words[place] in _JOINTS and _form(self.tokens, place + 1) == self.form
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


def evidence(tokens: Tokens, clause: Clause, boundary: Boundary, start: int) -> list[str]:
    """What speaks for going on, stopping or parting at a boundary of the part that began at token `start`."""
    at = " ".join(tokens.words[boundary.end : boundary.resume]) or "open"
    after = _skip(tokens, boundary.resume)
    return [
        *_about_clause(tokens, clause, boundary, start, at),
        *_about_form(tokens, clause, start, boundary.end, at, _form(tokens, after)),
        *_about_words(tokens, clause, boundary, start, at, after),
        *_about_grammar(tokens, clause, boundary, at, after),
    ]


def _about_clause(tokens: Tokens, clause: Clause, boundary: Boundary, start: int, at: str) -> Iterator[str]:
    """The cue's frame, and how much stands before and behind the boundary."""
    before, behind = tokens.words[start : boundary.end], tokens.words[boundary.resume : clause.end]
    length = sum(len(before) > least for least in _LENGTHS)
    yield f"length {length}"
    yield f"at {at} length {length}"
    yield f"left {sum(clause.end - boundary.end > least for least in _LENGTHS)}"
    yield f"at {at}"
    yield f"at {at} {clause.family}"
    yield f"at {at} {clause.complement}"
    yield f"family {clause.family} {clause.complement}"
    for word in (",", "and"):
        yield f"of {word} {min(before.count(word), _SERIES)} and {min(behind.count(word), _SERIES)} at {at}"


def _about_form(tokens: Tokens, clause: Clause, start: int, end: int, at: str, form: str) -> Iterator[str]:
    """Whether what follows has the form of the promised verb, after a purpose or in a list."""
    same = form == clause.form
    opened = next((tokens.words[place] for place in clause.lists if start <= place < end), "no list")
    purpose = any(start + 1 < place < end for place in clause.purposes)
    yield f"at {at} form {form}"
    yield f"form {form} {clause.form}"
    yield f"opened {opened} at {at}"
    yield f"opened {opened} same {same}"
    yield f"same {same} at {at}"
    yield f"same {same} purpose {purpose} at {at}"
    yield f"series {min(sum(place >= end for place in clause.alike), _SERIES)} same {same}"


def _about_words(tokens: Tokens, clause: Clause, boundary: Boundary, start: int, at: str, after: int) -> Iterator[str]:
    """The words on both sides, the nearest with their places."""
    stems = tokens.stems
    following = [tokens.stem_at(after + place) for place in range(_NEXT)]
    previous = [tokens.stem_at(boundary.end - 1 - place) for place in range(_NEXT)]
    forms = " ".join(_form(tokens, after + place) for place in range(_NEXT - 1))
    yield from (f"next {place} {word}" for place, word in enumerate(following))
    yield from (f"before {place} {word}" for place, word in enumerate(previous))
    yield f"at {at} next {following[0]}"
    yield f"at {at} next {following[0]} {following[1]}"
    yield f"at {at} before {previous[0]}"
    yield f"next {following[0]} {following[1]}"
    yield f"then {following[1]} {following[2]}"
    yield f"before {previous[1]} {previous[0]}"
    yield f"forms {forms}"
    yield f"form {_form(tokens, boundary.end - 1)} at {at} form {_form(tokens, after)}"
    yield from (f"part {word}" for word in sorted(set(stems[start : min(boundary.end, start + _PART)])))
    rest = stems[boundary.resume : min(clause.end, boundary.resume + _REST)]
    yield from (f"rest {word}" for word in sorted(set(rest)))


def _about_grammar(tokens: Tokens, clause: Clause, boundary: Boundary, at: str, after: int) -> Iterator[str]:
    """Where the hand-written grammar would end the clause, join a verb, or see an aside or a new clause."""
    if boundary.end >= clause.close:
        yield from ("closed", f"closed {at}")
    if clause.joined.intersection(range(boundary.resume, after + 1)):
        yield from ("joined", f"joined {at}", f"joined {_form(tokens, after)}")
    if boundary.resume < clause.end and aside(tokens, boundary.resume):
        yield from ("aside", f"aside {at}")
    if boundary.resume < clause.end and new_clause(tokens, boundary.resume):
        yield from ("clause", f"clause {at}")


def _skip(tokens: Tokens, index: int) -> int:
    """Past "to", "by" and adverbs to the word that says what follows."""
    while index < len(tokens) - 1 and (tokens.words[index] in ("to", "by") or grammar().adverb(tokens.words[index])):
        index += 1
    return index


def _form(tokens: Tokens, index: int) -> str:
    if index >= len(tokens):
        return "end"
    word, forms = tokens.words[index], verb_forms()
    if word in forms.base:
        return "verb or noun" if word in grammar().verb_nouns and tokens.words[index - 1] != "to" else "base"
    if word in forms.gerund:
        return "gerund"
    if word in forms.past:
        return "past"
    return "third person" if word in forms.third_person else "other"
