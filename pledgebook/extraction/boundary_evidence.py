"""What speaks for going on, stopping or parting at a boundary of a clause; the weights stand in `lexicon/boundaries.csv`.

Each piece of evidence is a short text. The functions that spell texts out of few values remember them, so that the same texts recur.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from functools import lru_cache

from pledgebook.extraction.boundaries import Boundary, Clause, form_at
from pledgebook.extraction.clause_ends import aside, new_clause
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.words import Tokens

_LENGTHS = (2, 4, 7, 11, 16, 24, 36)
_SERIES = 3
# How many words are read beside a boundary, of the part before it, of what is behind it.
_NEXT, _PART, _REST = 4, 30, 12
_REMEMBERED = 20_000

# Texts in full, of which some tuples recur, or words that are each a piece of their kind.
Pieces = tuple[str, Collection[str]]
RECURRING, NEAR = "recurring", "near"
KINDS_OF_WORDS = ("part", "rest")


def evidence(tokens: Tokens, clause: Clause, boundary: Boundary, start: int) -> list[Pieces]:
    """What speaks for going on, stopping or parting at a boundary of the part that began at token `start`."""
    at = " ".join(tokens.words[boundary.end : boundary.resume]) or "open"
    after = _skip(tokens, boundary.resume)
    forms = tuple([form_at(tokens, after + place) for place in range(_NEXT - 1)])
    return [
        (RECURRING, _about_length(at, *_lengths(clause, boundary, start), clause.family, clause.complement)),
        (RECURRING, _about_joints(at, *_joints(tokens, clause, boundary, start))),
        (RECURRING, _about_form(at, forms[0], clause.form, *_series(tokens, clause, start, boundary.end))),
        (NEAR, _about_neighbours(tokens, boundary.end, after, at)),
        (RECURRING, _about_forms(at, form_at(tokens, boundary.end - 1), forms)),
        ("part", sorted(set(tokens.stems[start : min(boundary.end, start + _PART)]))),
        ("rest", sorted(set(tokens.stems[boundary.resume : min(clause.end, boundary.resume + _REST)]))),
        (RECURRING, _about_grammar(at, forms[0], *_grammar(tokens, clause, boundary, after))),
    ]


def every(evidence: list[Pieces]) -> list[str]:
    """Each piece in full."""
    return [f"{kind} {name}" if kind in KINDS_OF_WORDS else name for kind, names in evidence for name in names]


def _lengths(clause: Clause, boundary: Boundary, start: int) -> tuple[int, int]:
    """How much stands before and behind the boundary, in steps."""
    return bisect_left(_LENGTHS, boundary.end - start), bisect_left(_LENGTHS, clause.end - boundary.end)


@lru_cache(maxsize=_REMEMBERED)
def _about_length(at: str, length: int, left: int, family: str, complement: str) -> tuple[str, ...]:
    """The cue's frame, and how much stands before and behind the boundary."""
    return (
        f"length {length}",
        f"at {at} length {length}",
        f"left {left}",
        f"at {at}",
        f"at {at} {family}",
        f"at {at} {complement}",
        f"family {family} {complement}",
    )


def _joints(tokens: Tokens, clause: Clause, boundary: Boundary, start: int) -> tuple[int, ...]:
    """How often a comma and an "and" stand before and behind the boundary."""
    before, behind = tokens.words[start : boundary.end], tokens.words[boundary.resume : clause.end]
    return tuple([min(words.count(joint), _SERIES) for joint in (",", "and") for words in (before, behind)])


@lru_cache(maxsize=_REMEMBERED)
def _about_joints(at: str, commas: int, later_commas: int, ands: int, later_ands: int) -> tuple[str, str]:
    return f"of , {commas} and {later_commas} at {at}", f"of and {ands} and {later_ands} at {at}"


def _series(tokens: Tokens, clause: Clause, start: int, end: int) -> tuple[str, bool, int]:
    """What opened a list in the part so far, whether it has a purpose, and how many joined verbs of the same form follow."""
    opened = next((tokens.words[place] for place in clause.lists if start <= place < end), "no list")
    purpose = any(start + 1 < place < end for place in clause.purposes)
    return opened, purpose, min(len(clause.alike) - bisect_left(clause.alike, end), _SERIES)


@lru_cache(maxsize=_REMEMBERED)
def _about_form(at: str, form: str, promised: str, opened: str, purpose: bool, series: int) -> tuple[str, ...]:
    """Whether what follows has the form of the promised verb, after a purpose or in a list."""
    same = form == promised
    return (
        f"at {at} form {form}",
        f"form {form} {promised}",
        f"opened {opened} at {at}",
        f"opened {opened} same {same}",
        f"same {same} at {at}",
        f"same {same} purpose {purpose} at {at}",
        f"series {series} same {same}",
    )


def _about_neighbours(tokens: Tokens, end: int, after: int, at: str) -> tuple[str, ...]:
    """The nearest words on both sides, with their places."""
    following = [tokens.stem_at(after + place) for place in range(_NEXT)]
    previous = [tokens.stem_at(end - 1 - place) for place in range(_NEXT)]
    return (
        *[f"next {place} {word}" for place, word in enumerate(following)],
        *[f"before {place} {word}" for place, word in enumerate(previous)],
        f"at {at} next {following[0]}",
        f"at {at} next {following[0]} {following[1]}",
        f"at {at} before {previous[0]}",
        f"next {following[0]} {following[1]}",
        f"then {following[1]} {following[2]}",
        f"before {previous[1]} {previous[0]}",
    )


@lru_cache(maxsize=_REMEMBERED)
def _about_forms(at: str, before: str, following: tuple[str, ...]) -> tuple[str, str]:
    return f"forms {' '.join(following)}", f"form {before} at {at} form {following[0]}"


def _grammar(tokens: Tokens, clause: Clause, boundary: Boundary, after: int) -> tuple[bool, ...]:
    """Where the hand-written grammar would end the clause, join a verb, or see an aside or a new clause."""
    inside = boundary.resume < clause.end
    return (
        boundary.end >= clause.close,
        any(boundary.resume <= place <= after for place in clause.joined),
        inside and aside(tokens, boundary.resume),
        inside and new_clause(tokens, boundary.resume),
    )


@lru_cache(maxsize=_REMEMBERED)
def _about_grammar(
    at: str, form: str, closed: bool, joined: bool, opens_aside: bool, opens_clause: bool
) -> tuple[str, ...]:
    return (
        *(("closed", f"closed {at}") if closed else ()),
        *(("joined", f"joined {at}", f"joined {form}") if joined else ()),
        *(("aside", f"aside {at}") if opens_aside else ()),
        *(("clause", f"clause {at}") if opens_clause else ()),
    )


def _skip(tokens: Tokens, index: int) -> int:
    """Past "to", "by" and adverbs to the word that says what follows."""
    while index < len(tokens) - 1 and (tokens.words[index] in ("to", "by") or grammar().adverb(tokens.words[index])):
        index += 1
    return index
