"""What is asked again for each word of a text: the words are few, so each answer is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

_MOST = 100_000


class Remembered(dict[str, Answer], Generic[Answer]):
    """Word to what `answer` gives for it, filled as words are asked for; emptied when full, so that odd texts cannot fill the memory."""

    def __init__(self, answer: Callable[[str], Answer]) -> None:
        super().__init__()
        self._answer = answer

    def __missing__(self, word: str) -> Answer:
        if len(self) >= _MOST:
            self.clear()
        self[word] = found = self._answer(word)
        return found
