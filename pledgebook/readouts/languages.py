"""The language of a text whose source does not state it."""

from __future__ import annotations

from functools import cache

import justext  # type: ignore[import-untyped]

ENGLISH, UNDETERMINED = "en", "und"
_SAMPLE = 4000
_LEAST_SHARE = 0.25


def language_of(text: str) -> str:
    """`en` when at least a quarter of the first words are English function words, else `und` (BCP 47: undetermined)."""
    words = [word.strip(".,;:!?()“”\"'").lower() for word in text[:_SAMPLE].split()]
    known = sum(word in _english() for word in words)
    return ENGLISH if words and known >= _LEAST_SHARE * len(words) else UNDETERMINED


@cache
def _english() -> frozenset[str]:
    return frozenset(justext.get_stoplist("English"))
