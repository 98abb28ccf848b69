"""Places in a clause where an undertaking may end or the next one begin, each with its evidence.

A boundary is a sign, a joining word, a preposition, a relative or an infinitive's "to". Whether the quote goes on across it, stops before
it, or another undertaking follows, is decided in `partition.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

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

    form: base or gerund, the form of the promised verb, or noun; family, complement: of the cue; close: where the grammar would end it
    (`clause_ends.py`); joined: tokens of the verbs that the grammar would part (`conjuncts.py`); purposes: tokens of each "to" before a
    verb behind the head; lists: tokens of the words that open a list; alike: joining words before another verb of the same form.
    """

    first: int
    head: int
    end: int
    form: str
    family: str
    complement: str
    close: int
    joined: frozenset[int]
    purposes: tuple[int, ...]
    lists: tuple[int, ...]
    alike: tuple[int, ...]


def clause_at(tokens: Tokens, first: int, head: int, form: str, cue: tuple[str, str], limit: int) -> Clause:
    """The clause that begins at token `first`, with its head at `head`, before token `limit`; `cue` is family and complement."""
    limit = max(min(limit, head + LONGEST), head + 1)
    end = max(without_stop(tokens, limit), head + 1)
    close = max(clause_end(tokens, head, limit), min(head + 1, limit))
    joined = frozenset(joined_verbs(tokens, head, close, "gerund" if form == "gerund" else "base"))
    places, words = range(first, end), tokens.words
    after = range(head + 1, end)
    purposes = tuple(place for place in after if words[place] == "to" and _form(tokens, place + 1) == "base")
    lists = tuple(place for place in places if words[place] in _LISTS)
    alike = tuple(place for place in places if words[place] in _JOINTS and _form(tokens, place + 1) == form)
    return Clause(first, head, end, form, *cue, close, joined, purposes, lists, alike)


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
    words, end = tokens.words, boundary.end
    at = " ".join(words[end : boundary.resume]) or "open"
    after = _skip(tokens, boundary.resume)
    word, following = _word(tokens, after), _word(tokens, after + 1)
    form = _form(tokens, after)
    same = form == clause.form
    opened = next((words[place] for place in clause.lists if start <= place < end), "no list")
    purpose = any(start + 1 < place < end for place in clause.purposes)
    length = sum(end - start > least for least in _LENGTHS)
    left = sum(clause.end - end > least for least in _LENGTHS)
    series = sum(place >= end for place in clause.alike)
    features = [
        f"at {at}",
        f"at {at} next {word}",
        f"at {at} form {form}",
        f"at {at} {clause.family}",
        f"at {at} {clause.complement}",
        f"at {at} length {length}",
        f"next {word}",
        f"next {word} {following}",
        f"form {form} then {following}",
        f"form {form} {clause.form}",
        f"before {_word(tokens, end - 1)}",
        f"length {length}",
        f"left {left}",
        f"family {clause.family} {clause.complement}",
        f"opened {opened} at {at}",
        f"opened {opened} same {same}",
        f"same {same} at {at}",
        f"same {same} purpose {purpose} at {at}",
        f"series {min(series, _SERIES)} same {same}",
    ]
    if end >= clause.close:
        features += ["closed", f"closed {at}"]
    if clause.joined.intersection(range(boundary.resume, after + 1)):
        features += ["joined", f"joined {at}", f"joined {form}", f"joined purpose {purpose}"]
    if boundary.resume < clause.end and aside(tokens, boundary.resume):
        features += ["aside", f"aside {at}"]
    if boundary.resume < clause.end and new_clause(tokens, boundary.resume):
        features += ["clause", f"clause {at}"]
    return features


def _skip(tokens: Tokens, index: int) -> int:
    """Past "to", "by" and adverbs to the word that says what follows."""
    while index < len(tokens) - 1 and (tokens.words[index] in ("to", "by") or grammar().adverb(tokens.words[index])):
        index += 1
    return index


def _word(tokens: Tokens, index: int) -> str:
    if not 0 <= index < len(tokens):
        return "end"
    if tokens.capitals[index]:
        return "a name"
    word = tokens.words[index]
    return "a figure" if word[0].isdigit() else word


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
