"""Where a clause ends: at a sentence's or clause's sign, at a phrase that opens an aside, at a new clause.

The phrases that open an aside ("in support of", "which") are data: `lexicon/quote_ends.csv`.
"""

from __future__ import annotations

from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens, verb_forms

_AFTER_VERB = word_class("after a finite verb")


def clause_end(tokens: Tokens, head: int, limit: int) -> int:
    """Token where the clause that begins at `head` stops: a sentence's or a clause's sign, a phrase that opens an aside, a new clause."""
    for index in range(head + 1, limit):
        if _closes(tokens, index, head):
            return index
    return without_stop(tokens, limit)


def _closes(tokens: Tokens, index: int, head: int) -> bool:
    word = tokens.words[index]
    if word in ("–", "-") and tokens.ends[index - 1] < tokens.starts[index]:
        return tokens.words[index - 1] != "u.s."
    if word == "," and index + 1 < len(tokens):
        return aside(tokens, index + 1) or new_clause(tokens, index + 1)
    if word == "and" and index + 1 < len(tokens):
        return new_clause(tokens, index + 1)
    return (
        word in (":",)
        or (aside(tokens, index) and (tokens.words[index], tokens.words[index - 1])[1] == ",")
        or _late_aside(tokens, index)
    )


def aside(tokens: Tokens, index: int) -> bool:
    """Whether a phrase that opens an aside stands at `index`."""
    return grammar().quote_ends.at(tokens.words, index)


def _late_aside(tokens: Tokens, index: int) -> bool:
    """An aside of two or more words needs no comma before it ("in support of", "consistent with")."""
    return tokens.words[index] not in ("as", "so", "such") and grammar().quote_ends.at(tokens.words, index, least=2)


def new_clause(tokens: Tokens, index: int) -> bool:
    """Whether a finite verb stands at, or one noun phrase after, `index`: "and discussed", "and will", "and the President thanked"."""
    words, forms = tokens.words, verb_forms()
    while index < len(words) and (words[index] == "and" or grammar().adverb(words[index])):
        index += 1
    if index >= len(words):
        return False
    word = words[index]
    if tokens.capitals[index]:
        return False
    if word in ("will", "shall", "has", "have", "is", "are", "was", "were", "that") or (
        word in grammar().reporting and not word.endswith("ing") and word not in forms.base
    ):
        return True
    if not (word in forms.past or word.endswith("ed")) or word in forms.base or index + 1 >= len(words):
        return False
    return tokens.capitals[index + 1] or words[index + 1] in _AFTER_VERB


def without_stop(tokens: Tokens, limit: int) -> int:
    """`limit`, or the earlier token from which only punctuation leads up to it."""
    while limit > 0 and tokens.words[limit - 1] in (".", ";", ":", "!", "?", '"', "*", ",", "and"):
        limit -= 1
    return limit
