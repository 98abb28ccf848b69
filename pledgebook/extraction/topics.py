"""The policy topic of an undertaking: Comparative Agendas major topics by weighted terms.

Terms and weights are data in `lexicon/topics.csv`. A term counts once in each of quote, sentence and context, and the
quote counts most. 19, International Affairs, has a head start: the codebook gives it whatever fits no other topic.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.terms import TermList, stems

_OTHERWISE = 19
# Shares and head start were chosen on the training documents; near values give the same agreement within 1 %.
_HEAD_START = 0.8
_QUOTE, _ELSEWHERE = 1.0, 0.35

_Weights = tuple[tuple[int, float], ...]


def code_topic(quote: str, sentence: str, context: str) -> int:
    """The CAP major topic of `quote`, helped by its `sentence` and its `context` (the document's title and the heading)."""
    sums = {_OTHERWISE: _HEAD_START}
    for share, found in (
        (_QUOTE, _scores(quote)),
        (_ELSEWHERE, _remembered(sentence)),
        (_ELSEWHERE, _remembered(context)),
    ):
        for topic, score in found:
            sums[topic] = sums.get(topic, 0.0) + share * score
    return min(sums, key=lambda topic: (-sums[topic], topic))


def _scores(text: str) -> _Weights:
    sums: dict[int, float] = {}
    for weights in dict.fromkeys(weights for _, weights in _terms().find(stems(text))):
        for topic, weight in weights:
            sums[topic] = sums.get(topic, 0.0) + weight
    return tuple(sums.items())


@lru_cache(maxsize=1024)
def _remembered(text: str) -> _Weights:
    """Sentences and contexts recur from one undertaking to the next, so each is read once."""
    return _scores(text)


@cache
def _terms() -> TermList[_Weights]:
    weights: dict[str, dict[int, float]] = {}
    for row in read_rows("topics", ("term", "topic", "weight")):
        weights.setdefault(row["term"], {})[int(row["topic"])] = float(row["weight"])
    return TermList((term, tuple(topics.items())) for term, topics in weights.items())
