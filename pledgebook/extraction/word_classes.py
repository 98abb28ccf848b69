"""Classes of little words that the clause reader looks for: prepositions, possessives, forms of "be" and the like.

`lexicon/word_classes.csv` has a row for each word of a class; a word may stand in several.
"""

from __future__ import annotations

from functools import cache

from pledgebook.extraction.lexicon_files import LexiconError, read_rows


@cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_rows("word_classes", ("class", "word")):
        found.setdefault(row["class"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}


def word_class(name: str) -> frozenset[str]:
    """The words of one class, in lower case; raises LexiconError when the lexicon has no such class."""
    if name not in _classes():
        raise LexiconError(f"word_classes.csv: there is no class {name!r}")
    return _classes()[name]
