"""Sets of word sequences, looked up by their first word."""

from __future__ import annotations

import re
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


class WrittenPhrases:
    """Phrases as they stand in a text, whatever their case; of those that begin at one place the longest is found."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
        self._pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, self._phrases))})\b", re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where one stands."""
        return self._pattern.search(text) if self._may_hold(text) else None

    def places(self, text: str) -> list[int]:
        """Where in the text each begins."""
        return [match.start() for match in self._pattern.finditer(text)] if self._may_hold(text) else []

    def _may_hold(self, text: str) -> bool:
        """Whether a phrase is among the letters of the text; most texts hold none, which this tells much sooner than the pattern."""
        lowered = text.lower()
        return any(phrase in lowered for phrase in self._phrases)
