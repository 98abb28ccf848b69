"""The head word of a commitment: what its identifier is first minted from, and first recognised by."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

WORD = re.compile(r"\w+(?:['’-]\w+)*")


@cache
def function_words() -> frozenset[str]:
    """Return the words that say nothing about what is undertaken."""
    return frozenset((files(__package__) / "function_words.txt").read_text("utf-8").split())


def head_word(quote: str, cue: str) -> str:
    """Return the first word of the quote that is neither a function word nor part of the cue, in small letters.

    A quote of nothing else gives its first word; one without words gives the quote itself.
    """
    words = [word.casefold() for word in WORD.findall(quote)]
    skipped = function_words() | {word.casefold() for word in WORD.findall(cue)}
    telling = [word for word in words if word not in skipped]
    return next(iter(telling or words), quote)
