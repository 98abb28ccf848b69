"""The policy topic of an undertaking: Comparative Agendas major topics by weighted terms.

Terms and weights are data in `lexicon/topics.csv`. A term counts once in each of quote, sentence and context; the quote
counts most. Where no topic reaches `_ENOUGH`, the topic is 19, International Affairs, as the codebook says.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.terms import TermList, stems

_OTHERWISE = 19
_ENOUGH = 1.0
_QUOTE, _SENTENCE, _CONTEXT = 1.0, 0.3, 0.15


def code_topic(quote: str, sentence: str, context: str) -> int:
    """The CAP major topic of `quote`, helped by its `sentence` and its `context` (the document's title and the heading)."""
    scores: dict[int, float] = {}
    for share, found in (
        (_QUOTE, _scores(quote)),
        (_SENTENCE, _remembered(sentence)),
        (_CONTEXT, _remembered(context)),
    ):
        for topic, score in found:
            scores[topic] = scores.get(topic, 0.0) + share * score
    best = max(scores, key=lambda topic: (scores[topic], -topic), default=_OTHERWISE)
    return best if scores.get(best, 0.0) >= _ENOUGH else _OTHERWISE


def _scores(text: str) -> tuple[tuple[int, float], ...]:
    scores: dict[int, float] = {}
    for weights in {weights for _, weights in _terms().find(stems(text))}:
        for topic, weight in weights:
            scores[topic] = scores.get(topic, 0.0) + weight
    return tuple(sorted(scores.items()))


@lru_cache(maxsize=4096)
def _remembered(text: str) -> tuple[tuple[int, float], ...]:
    """Sentences and contexts recur from one undertaking to the next."""
    return _scores(text)


@cache
def _terms() -> TermList[tuple[tuple[int, float], ...]]:
    weights: dict[str, dict[int, float]] = {}
    for row in read_rows("topics", ("term", "topic", "weight")):
        weights.setdefault(" ".join(stems(row["term"])), {})[int(row["topic"])] = float(row["weight"])
    return TermList((term, tuple(sorted(topics.items()))) for term, topics in weights.items())
