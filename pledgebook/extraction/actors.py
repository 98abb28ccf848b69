"""Which states and organisations a text names, and where: a gazetteer of names, adjectives, capitals, institutions, persons.

The names are data: `lexicon/aliases.csv` (an empty code means "looks like an actor, is none": New Mexico, Indian Ocean),
`lexicon/officials.csv` (persons with their terms of office), `lexicon/ambiguous.csv` (neighbours that forbid a reading).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from pledgebook.extraction.lexicon_files import read_rows

_WORD = re.compile(r"(?<!\w)[^\W_]+")
_WORD_BEFORE = re.compile(r"([\w.&'’-]+)[\s,]*$")
# How many signs are read behind the first word of a name to tell which names may stand there.
_FARTHER = 3
_WORD_AFTER = re.compile(r"^[\s,]*(?:['’]s\s+)?([\w.&'’-]+)")


class Mention(NamedTuple):
    """One place where a text names an actor: `text[start:end]`, its code, and what kind of name it is.

    kind: name, adjective, people, capital, institution, place, person.
    """

    start: int
    end: int
    code: str
    kind: str


@dataclass(frozen=True)
class _Term:
    code: str
    name: str
    first: date | None
    last: date | None

    def covers(self, day: date | None) -> bool:
        return day is None or ((self.first is None or self.first <= day) and (self.last is None or day <= self.last))


class Gazetteer:
    """Finds mentions of actors by longest match; case counts ("Turkey" is named, "turkey" is not)."""

    def __init__(self) -> None:
        self._names = {
            _fold(row["alias"]): (row["code"], row["kind"]) for row in read_rows("aliases", ("alias", "code", "kind"))
        }
        self._persons = _persons()
        self._neighbours = _neighbours()
        self._all = {*self._names, *self._persons}
        self._first_words = frozenset(map(_first_word, self._all))
        self._lengths = _lengths(self._all)
        small = sorted(word for word in self._first_words if "a" <= word[0] <= "z")
        # Most names begin with a capital, so other words are not looked at.
        self._may_begin = re.compile(rf"(?<!\w)(?:[^\Wa-z_][^\W_]*|(?:{'|'.join(small)})(?![^\W_]))")

    def mentions(self, text: str, day: date | None = None) -> list[Mention]:
        """Mentions in `text` in reading order, without overlaps; `day` picks who held an office when names repeat."""
        folded, found, reached = _fold(text), [], 0
        for word in self._may_begin.finditer(folded):
            if word.start() < reached or word.group() not in self._first_words:
                continue
            name = self._longest(folded, word.start(), word.group())
            if name is None:
                continue
            reached = word.start() + len(name)
            if mention := self._mention(name, folded, word.start(), day):
                found.append(mention)
        return found

    def _longest(self, text: str, start: int, first_word: str) -> str | None:
        opening = text[start : start + len(first_word) + _FARTHER]
        for length in (*self._lengths.get(opening, ()), *self._lengths.get(first_word, ())):
            name, after = text[start : start + length], text[start + length : start + length + 1]
            if name in self._all and not after.isalnum():
                return name
        return None

    def _mention(self, name: str, text: str, start: int, day: date | None) -> Mention | None:
        end = start + len(name)
        if name in self._neighbours and self._forbidden(name, text, start, end):
            return None
        if name in self._names:
            code, kind = self._names[name]
            return Mention(start, end, code, kind) if code else None
        terms = [term for term in self._persons[name] if term.covers(day)] or self._persons[name]
        codes = {term.code for term in terms}
        return Mention(start, end, terms[0].code, "person") if len(codes) == 1 else None

    def _forbidden(self, name: str, text: str, start: int, end: int) -> bool:
        before, after = _WORD_BEFORE.search(text[max(0, start - 40) : start]), _WORD_AFTER.search(text[end : end + 40])
        not_before, not_after = self._neighbours[name]
        return bool(before and before.group(1) in not_after) or bool(after and after.group(1) in not_before)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the bundled lexicon, read once."""
    return Gazetteer()


def _fold(text: str) -> str:
    """Text of the same length in which apostrophes are straight, so that offsets stay true."""
    return text.replace("’", "'").replace("ʼ", "'").replace("‘", "'").replace(" ", " ")


def _first_word(name: str) -> str:
    return _WORD.match(name).group()  # type: ignore[union-attr]


def _lengths(names: Iterable[str]) -> dict[str, list[int]]:
    """How long names are, the longest first: by the first word and the signs after it, where a name has that many, else by the first word."""
    found: dict[str, set[int]] = {}
    for name in names:
        word = _first_word(name)
        opening = name[: len(word) + _FARTHER]
        found.setdefault(opening if len(opening) == len(word) + _FARTHER else word, set()).add(len(name))
    return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}


def _persons() -> dict[str, list[_Term]]:
    persons: dict[str, list[_Term]] = {}
    for row in read_rows("officials", ("name", "code", "office", "from", "to")):
        persons.setdefault(_fold(row["name"]), []).append(
            _Term(row["code"], row["name"], _day(row["from"]), _day(row["to"]))
        )
    return persons


def _neighbours() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    rows = read_rows("ambiguous", ("alias", "code", "not_before", "not_after"))
    return {_fold(row["alias"]): (_choices(row["not_before"]), _choices(row["not_after"])) for row in rows}


def _choices(cell: str) -> frozenset[str]:
    return frozenset(word for word in cell.split("|") if word)


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
