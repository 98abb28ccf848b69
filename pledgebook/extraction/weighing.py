"""Evidence for and against an undertaking, and what it weighs.

A piece of evidence is a short text, "cue agree" or "word open", whose weight stands in `lexicon/judgement.csv`. Weights have three decimals
and are summed as whole thousandths: such sums are exact, so that neither the order of the pieces nor their grouping changes a result, and
what the candidates of a sentence share is summed once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from pledgebook.extraction.lexicon_files import read_cells

THOUSAND = 1000
# Evidence of these kinds is a word or a pair of neighbours behind the name of the kind.
_KINDS_OF_WORDS = ("sentence", "word", "words")

Word = str | tuple[str, str]


@dataclass(frozen=True)
class Evidence:
    """What was seen: pieces of evidence in full (`names`), and stems or pairs of stems by their kind, each a piece of its own (`words`).

    Signs, figures and names are no pieces, and weigh nothing.
    """

    names: tuple[str, ...] = ()
    words: tuple[tuple[str, frozenset[Word]], ...] = ()

    def __iter__(self) -> Iterator[str]:
        """Every piece in full."""
        yield from self.names
        for kind, words in self.words:
            for word in words:
                parts = (word,) if isinstance(word, str) else word
                if all(part.isalpha() for part in parts):
                    yield " ".join((kind, *parts))

    @cached_property
    def weight(self) -> int:
        """What all pieces weigh together, in thousandths."""
        return sum(self._weights())

    @cached_property
    def favourable(self) -> int:
        """What those pieces weigh together that speak for an undertaking."""
        return sum(weight for weight in self._weights() if weight > 0)

    def _weights(self) -> list[int]:
        known, by_kind = weights(), _weights_of_words()
        found = [known[name] for name in self.names if name in known]
        for kind, words in self.words:
            of_kind = by_kind[kind]
            found += [of_kind[word] for word in of_kind.keys() & words]
        return found


def every(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The pieces of several as one."""
    return tuple(piece for part in evidence for piece in part)


@cache
def weights() -> dict[str, int]:
    """The weight of each piece of evidence in thousandths, read once."""
    # There are few different weights: each is kept once, so that they stay at hand in the processor's cache.
    once: dict[str, int] = {}
    return {
        name: once.setdefault(weight, round(THOUSAND * float(weight)))
        for name, weight in read_cells("judgement", ("evidence", "weight"))
    }


@cache
def _weights_of_words() -> dict[str, dict[Word, int]]:
    found: dict[str, dict[Word, int]] = {kind: {} for kind in _KINDS_OF_WORDS}
    for name, weight in weights().items():
        kind, *words = map(sys.intern, name.split(" "))
        if kind in found:
            found[kind][words[0] if len(words) == 1 else (words[0], words[1])] = weight
    return found


def forget() -> None:
    """Let the weights be read again."""
    weights.cache_clear()
    _weights_of_words.cache_clear()
