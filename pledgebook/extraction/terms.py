"""Words and phrases of a text looked up in a term list, whatever their inflection ("tariffs", "tariff").

Words are compared by their stems (Snowball's English stemmer), so a term list needs one form of each term.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

import snowballstemmer

from pledgebook.extraction.remembered import Remembered

Value = TypeVar("Value")

WORD = re.compile(r"[a-z0-9à-ÿ]+(?:\.[a-z]\b\.?)*")
_STEMMER = snowballstemmer.stemmer("english")
# Interned, as the names in the tables of weights are: what is one object is found without being compared.
_STEMS: Remembered[str] = Remembered(lambda word: sys.intern(str(_STEMMER.stemWord(word))))


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[list[str], list[str]]:
    """The words of `text` in lower case and their stems, in order; hyphens and apostrophes part words, "U.S." is one.

    The last texts are remembered, because topic and act read the same quote; callers must not change the lists.
    """
    words = WORD.findall(text.lower())
    return words, list(map(_STEMS.__getitem__, words))


def stem(word: str) -> str:
    """The stem of one word in lower case."""
    return _STEMS[word]


def stems(text: str) -> list[str]:
    """The stems of the words of `text`, in order."""
    return read(text)[1]


class TermList(Generic[Value]):
    """Terms of one or more words with a value each; finds all of them in a text in one pass, the longest at each place."""

    def __init__(self, terms: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[int, list[str], Value]]] = {}
        for term, value in terms:
            parts = stems(term)
            self._by_first.setdefault(parts[0], []).append((len(parts), parts, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -entry[0])

    def find(self, stemmed: list[str]) -> Iterator[tuple[int, Value]]:
        """Places (index of the first word) and values of the terms among stems in order; terms do not overlap."""
        by_first = self._by_first
        reached = 0
        for place in [place for place, word in enumerate(stemmed) if word in by_first]:
            if place < reached:
                continue
            for length, parts, value in by_first[stemmed[place]]:
                if length == 1 or stemmed[place : place + length] == parts:
                    reached = place + length
                    yield place, value
                    break
