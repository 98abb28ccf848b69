"""A text of a given shape, made sentence by sentence: the next one is of the sort of which there are too few so far."""

from __future__ import annotations

from benchmarks.synthetic.phrases import Draw, Phrase, Words, one_of
from benchmarks.synthetic.sentences import sentences_of
from benchmarks.synthetic.shapes import Shape

# A sentence is left out where the text would be further from its length with it than without it.
_HALF_A_SENTENCE = 80
_LONGEST_PARAGRAPH, _LONGEST_ITEM = 5, 2
_SHORTEST_LIST, _LONGEST_LIST = 3, 9
_AGREED_ITEMS = 3


class Composition:
    """One text while it is made; `words` fill its slots."""

    def __init__(self, shape: Shape, words: Words, draw: Draw) -> None:
        self._shape, self._words, self._draw = shape, words, draw
        self._pool = sentences_of(shape.kind, shape.place)
        self._blocks: list[str] = []
        self._length = self._sentences = self._items = self._cues = self._promises = 0
        # Shares are rounded up as often as down, so that short texts have them too on the average.
        self._rounding = draw()

    def text(self, opening: Phrase) -> str:
        """Blocks parted by a blank line, until they are as long as the shape says."""
        self._blocks.append(self._sentence(opening))
        while not self._is_long_enough():
            if self._items + self._rounding < self._shape.item_share * self._sentences:
                self._add_list()
            elif self._promises_owed() >= _AGREED_ITEMS:
                self._add_agreed()
            else:
                self._add_paragraph()
        return "\n\n".join(self._blocks)

    def _is_long_enough(self) -> bool:
        return self._length + _HALF_A_SENTENCE > self._shape.characters

    def _promises_owed(self) -> float:
        return self._shape.promise_share * self._cues - self._promises

    def _add_paragraph(self) -> None:
        self._blocks.append(" ".join(self._next_sentences(_LONGEST_PARAGRAPH)))

    def _add_list(self) -> None:
        """A heading, a sentence that leads in, and items that are sentences."""
        self._blocks.append(one_of(self._pool.heading, self._draw).filled(self._words, self._draw))
        self._blocks.append(self._sentence(one_of(self._pool.lead_in, self._draw)))
        for _ in range(self._drawn_between(_SHORTEST_LIST, _LONGEST_LIST)):
            sentences = self._next_sentences(_LONGEST_ITEM)
            self._items += len(sentences)
            self._blocks.append(f"- {' '.join(sentences)}")
            if self._is_long_enough():
                break

    def _add_agreed(self) -> None:
        """A committing sentence that leads in, and items that are promised by it."""
        self._cues += 1
        self._blocks.append(self._sentence(one_of(self._pool.agreed, self._draw)))
        for _ in range(_AGREED_ITEMS):
            self._promises += 1
            self._items += 1
            self._blocks.append(f"- {self._sentence(one_of(self._pool.item, self._draw))}")

    def _next_sentences(self, most: int) -> list[str]:
        """One sentence or more that stand in one block."""
        found = [self._next_sentence()]
        for _ in range(1, self._drawn_between(1, most)):
            if self._is_long_enough():
                break
            found.append(self._next_sentence())
        return found

    def _next_sentence(self) -> str:
        if self._cues + self._rounding >= self._shape.cue_share * (self._sentences + 1):
            return self._sentence(one_of(self._pool.plain, self._draw))
        self._cues += 1
        if self._promises_owed() <= self._rounding:
            return self._sentence(one_of(self._pool.cue, self._draw))
        self._promises += 1
        return self._sentence(one_of(self._pool.promise, self._draw))

    def _sentence(self, phrase: Phrase) -> str:
        sentence = phrase.filled(self._words, self._draw)
        self._sentences += 1
        self._length += len(sentence) + 1
        return sentence

    def _drawn_between(self, least: int, most: int) -> int:
        return least + int(self._draw() * (most - least + 1))
