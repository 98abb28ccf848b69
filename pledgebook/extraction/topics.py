"""The policy topic of an undertaking: Comparative Agendas major topics by weighted terms and words.

Terms of each topic are data in `lexicon/topics.csv`, written by hand; a term counts once in each of quote, sentence and context. How much
these terms and all other words of the three say for a topic was fitted by `benchmarks/fit_topics.py`: `lexicon/topic_weights.csv`.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pledgebook.extraction.class_weights import Features, class_weights
from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.terms import TermList, stem, stems
from pledgebook.extraction.word_classes import word_class

# The quote says most; sentence and context help where it says little.
_SHARES = {"quote": 1.0, "sentence": 0.5, "context": 0.5}
_WORD_SHARES = {"quote": 0.7, "sentence": 0.35, "context": 0.35}
_ALWAYS = Features("always", [""])

_Weights = tuple[tuple[str, float], ...]


def code_topic(quote: str, sentence: str, context: str) -> int:
    """The CAP major topic of `quote`, helped by its `sentence` and its `context` (the document's title and the heading)."""
    weights = class_weights("topic")
    parts = (weights.sums(_read(quote, "quote")), _sums(sentence, "sentence"), _sums(context, "context"))
    sums = [sum(part) for part in zip(_start(), *parts, strict=True)]
    return int(weights.likeliest(sums)[0])


def features(quote: str, sentence: str, context: str) -> list[Features]:
    """What speaks for a topic: terms of each topic and words, by where they stand."""
    return [_ALWAYS, *_read(quote, "quote"), *_read(sentence, "sentence"), *_read(context, "context")]


def _read(text: str, place: str) -> list[Features]:
    stemmed, share = stems(text), _SHARES[place]
    terms: dict[str, float] = {}
    for weights in dict.fromkeys(weights for _, weights in _terms().find(stemmed)):
        for topic, weight in weights:
            terms[topic] = terms.get(topic, 0.0) + share * weight
    words = sorted(set(stemmed) - _no_topic())
    return [
        Features(place, words, _WORD_SHARES[place]),
        *(Features(f"terms of {place}", [topic], value) for topic, value in terms.items()),
    ]


@lru_cache(maxsize=1024)
def _sums(text: str, place: str) -> tuple[float, ...]:
    """Sentences and contexts recur from one undertaking to the next, so each is read once."""
    return tuple(class_weights("topic").sums(_read(text, place)))


def forget() -> None:
    """Drop what was summed with weights that have been fitted anew since."""
    _sums.cache_clear()
    _start.cache_clear()


@cache
def _start() -> tuple[float, ...]:
    return tuple(class_weights("topic").sums([_ALWAYS]))


@cache
def _no_topic() -> frozenset[str]:
    return frozenset(map(stem, word_class("says nothing of a topic")))


@cache
def _terms() -> TermList[_Weights]:
    weights: dict[str, dict[str, float]] = {}
    for row in read_rows("topics", ("term", "topic", "weight")):
        weights.setdefault(row["term"], {})[row["topic"]] = float(row["weight"])
    return TermList((term, tuple(topics.items())) for term, topics in weights.items())
