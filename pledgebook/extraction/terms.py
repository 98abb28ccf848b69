"""Words and phrases of a text looked up in a term list, whatever their inflection ("tariffs", "tariff").

Words are compared by their stems (Snowball's English stemmer), so a term list needs one form of each term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

import snowballstemmer

Value = TypeVar("Value")

_WORD = re.compile(r"[a-z0-9à-ÿ]+(?:\.[a-z]\b\.?)*")
_STEMMER = snowballstemmer.stemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word in lower case."""
    return str(_STEMMER.stemWord(word))


def words(text: str) -> list[str]:
    """The words of `text` in lower case, in order; hyphens and apostrophes part words, "U.S." is one."""
    return _WORD.findall(text.lower())


def stems(text: str) -> list[str]:
    """The stems of the words of `text`, in order."""
    return [stem(word) for word in words(text)]


class TermList(Generic[Value]):
    """Terms of one or more words with a value each; finds all of them in a text in one pass, the longest at each place."""

    def __init__(self, terms: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for term, value in terms:
            first, *rest = stems(term)
            self._by_first.setdefault(first, []).append((tuple(rest), value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, stemmed: list[str]) -> Iterator[tuple[int, Value]]:
        """Places (index of the first word) and values of the terms among stems in order; terms do not overlap."""
        reached = 0
        for place, word in enumerate(stemmed):
            if place < reached or word not in self._by_first:
                continue
            for rest, value in self._by_first[word]:
                if not rest or tuple(stemmed[place + 1 : place + 1 + len(rest)]) == rest:
                    reached = place + 1 + len(rest)
                    yield place, value
                    break
