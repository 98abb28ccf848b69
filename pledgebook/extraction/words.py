"""Tokens with offsets, and the forms of English verbs that the grammar needs.

The verbs are data: `lexicon/verbs.csv` (verb, irregular past, whether it marks an undertaking as continuing).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.remembered import Remembered
from pledgebook.extraction.terms import stem
from pledgebook.extraction.word_classes import word_class

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\b[A-Z]\.(?=\s+[A-Z])|[^\W_]+(?:['’\-‑.,/](?=[^\W_])[^\W_]+)*['’]?|[^\w\s]|_")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "‑": "-", "–": "-", "—": "-", "“": '"', "”": '"'})
_VOWELS = "aeiou"
_DOUBLING = word_class("doubles its last letter")


class Tokens:
    """The words and signs of `text[start:end]`, one sentence: `words` in lower case with straight apostrophes.

    Most sentences promise nothing, so what only the others are asked for is read when it is first asked for.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end
        self._written = _TOKEN.findall(text, start, end)
        self.words = tuple(map(_WORDS.__getitem__, self._written))

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each begins in the text."""
        return tuple([match.start() for match in _TOKEN.finditer(self._text, self._start, self._end)])

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where each ends in the text."""
        return tuple([start + len(written) for start, written in zip(self.starts, self._written, strict=True)])

    @cached_property
    def capitals(self) -> tuple[bool, ...]:
        """Whether each is written with a capital."""
        return tuple([written[0].isupper() for written in self._written])

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """What the models read: the stem of each word, "a name" for one with a capital, "a figure", or the sign itself."""
        return tuple(map(_STEMS.__getitem__, self._written))

    def stem_at(self, index: int) -> str:
        """The same for one word; "end" outside the sentence."""
        return self.stems[index] if 0 <= index < len(self.words) else "end"


def _word(written: str) -> str:
    return (written if written.isascii() else written.translate(_STRAIGHT)).lower()


def _stem(written: str) -> str:
    if written[0].isupper():
        return "a name"
    word = _WORDS[written]
    if word.isalpha():
        return stem(word)
    return "a figure" if word[0].isdigit() else word


_WORDS, _STEMS = Remembered(_word), Remembered(_stem)


@dataclass(frozen=True)
class VerbForms:
    """Which verb a word is a form of, by form; each maps a word to its base form."""

    base: dict[str, str]
    third_person: dict[str, str]
    gerund: dict[str, str]
    past: dict[str, str]
    continuing: frozenset[str]

    def finite(self, word: str) -> str | None:
        """The base form of a present or past form ("agrees", "agreed"), or None."""
        return self.third_person.get(word) or self.past.get(word)


@cache
def verb_forms() -> VerbForms:
    """The forms of all verbs of the lexicon, made once."""
    rows = read_rows("verbs", ("verb", "past", "continuing"))
    verbs = [row["verb"] for row in rows]
    return VerbForms(
        base={verb: verb for verb in verbs},
        third_person={third_person(verb): verb for verb in verbs},
        gerund={gerund(verb): verb for verb in verbs},
        past={row["past"] or past(row["verb"]): row["verb"] for row in rows},
        continuing=frozenset(row["verb"] for row in rows if row["continuing"]),
    )


def third_person(verb: str) -> str:
    """agree → agrees, reach → reaches, carry → carries."""
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"


def gerund(verb: str) -> str:
    """agree → agreeing, provide → providing, plan → planning."""
    if verb in _DOUBLING:
        return f"{verb}{verb[-1]}ing"
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")) and verb != "be":
        return f"{verb[:-1]}ing"
    return f"{verb}ing"


def past(verb: str) -> str:
    """agree → agreed, carry → carried, plan → planned; irregular forms stand in the lexicon."""
    if verb in _DOUBLING:
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"
