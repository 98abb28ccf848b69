"""Words and phrases of a text looked up in a term list, whatever their inflection ("tariffs", "tariff").

Words are compared by their stems (Snowball's English stemmer), so a term list needs one form of each term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Generic, TypeVar

import snowballstemmer

Value = TypeVar("Value")

WORD = re.compile(r"[a-z0-9à-ÿ]+(?:\.[a-z]\b\.?)*")
_REMEMBERED = 100_000


class _Stems(dict[str, str]):
    """Word to stem, filled as words are asked for; emptied when full, so that odd texts cannot fill the memory."""

    def __init__(self) -> None:
        super().__init__()
        self._stemmer = snowballstemmer.stemmer("english")

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = stem = str(self._stemmer.stemWord(word))
        return stem


@cache
def _known_stems() -> _Stems:
    return _Stems()


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[list[str], list[str]]:
    """The words of `text` in lower case and their stems, in order; hyphens and apostrophes part words, "U.S." is one.

    The last texts are remembered, because topic and act read the same quote; callers must not change the lists.
    """
    words = WORD.findall(text.lower())
    return words, list(map(_known_stems().__getitem__, words))


def stem(word: str) -> str:
    """The stem of one word in lower case."""
    return _known_stems()[word]


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
