"""The language of a text, by its function words; `languages.csv` (code, stoplist) says which are known."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import justext  # type: ignore[import-untyped]

ENGLISH, UNDETERMINED = "en", "und"
_LANGUAGES = Path(__file__).with_name("languages.csv")
_SAMPLE = 4000
_LEAST_SHARE = 0.25


def language_of(text: str, usual: str | None) -> str:
    """BCP 47 code of the language of which at least a quarter of the first words are function words, the commonest if several.

    Where the text leaves it open, `usual`, or `und` (undetermined) where that is None.
    """
    words = text[:_SAMPLE].split()
    counts = Counter(chain.from_iterable(map(_languages_of, words)))
    code, known = max(counts.items(), key=lambda item: (item[1], item[0]), default=(UNDETERMINED, 0))
    return code if words and known >= _LEAST_SHARE * len(words) else usual or UNDETERMINED


@lru_cache(maxsize=1 << 16)
def _languages_of(word: str) -> Sequence[str]:
    """Codes of the languages of which a word, as it stands in a text, is a function word."""
    return _languages_by_word().get(word.strip(".,;:!?()“”\"'«»").lower(), ())


@cache
def _languages_by_word() -> dict[str, list[str]]:
    """Codes by function word. Lists of other languages hold words of English, which their texts quote: these go."""
    with _LANGUAGES.open(encoding="utf-8", newline="") as file:
        lists = {row["code"]: justext.get_stoplist(row["stoplist"]) for row in csv.DictReader(file)}
    english = lists.pop(ENGLISH)
    codes = {word: [ENGLISH] for word in english}
    for code, words in lists.items():
        for word in words - english:
            codes.setdefault(word, []).append(code)
    return codes
