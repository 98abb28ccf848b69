"""Sets of word sequences, looked up by their first word."""

from __future__ import annotations

from collections.abc import Iterable


class Phrases:
    """A set of phrases, each a tuple of words in lower case."""

    def __init__(self, phrases: Iterable[tuple[str, ...]]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            self._by_first.setdefault(phrase[0], []).append(phrase)

    def at(self, words: tuple[str, ...], index: int, least: int = 1) -> bool:
        """Whether a phrase of at least `least` words begins at words[index]."""
        for phrase in self._by_first.get(words[index], ()):
            if len(phrase) >= least and words[index : index + len(phrase)] == phrase:
                return True
        return False

    def inside(self, words: tuple[str, ...]) -> bool:
        """Whether a phrase stands anywhere among the words."""
        if self._by_first.keys().isdisjoint(words):
            return False
        return any(self.at(words, index) for index in range(len(words)))
