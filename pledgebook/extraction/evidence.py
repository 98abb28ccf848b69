"""What speaks for and against a candidate: named features of its cue, its span and its place in the document.

Each is a short text, "cue agree" or "place first block"; `weighing.py` says what it weighs. Words of the quote and around
the cue that are written with a capital letter give none, so that no country and no person counts for or against a commitment; of a
sentence's first word, which has a capital anyway, only those that open the sentences of many documents come to have a weight.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise

from pledgebook.extraction.acts import verb_classes
from pledgebook.extraction.binding import Bound
from pledgebook.extraction.cues import Cue
from pledgebook.extraction.terms import stem
from pledgebook.extraction.weighing import Evidence, Word
from pledgebook.extraction.words import Tokens, verb_forms

_Words = tuple[tuple[str, frozenset[Word]], ...]

_REMEMBERED = 20_000
_BEFORE, _LONGEST, _LONGEST_SENTENCE = 5, 40, 120
_LENGTHS = (4, 7, 11, 16, 24, 36)
_LATER_PARTS = 2
# Every quote has one length and one place among the parts of its clause.
SPAN_CHOICES = (
    tuple(f"length {length}" for length in range(len(_LENGTHS) + 1)),
    tuple(f"part {position}" for position in range(_LATER_PARTS + 1)),
)


def about_cue(tokens: Tokens, cue: Cue, bound: Bound, signs: tuple[str, ...], kind: str) -> tuple[Evidence, ...]:
    """Evidence of the committing word in a document of a `kind`: its form, what it governs, who is bound by it, the signs against it."""
    frame = cue.frame
    return (
        _about_frame(frame.lemma, frame.tense, frame.family, cue.complement, cue.verb, kind),
        _about_bound(bound.how, bound.noun, frame.family, signs, kind),
        _around(tokens, cue.first),
    )


# What has few values is made, and weighed, once.
@lru_cache(maxsize=_REMEMBERED)
def _about_frame(lemma: str, tense: str, family: str, complement: str, verb: str, kind: str) -> Evidence:
    does = verb_classes().get(verb) or ("another verb" if verb in verb_forms().base else "no verb")
    return Evidence(
        (
            f"cue {lemma}",
            f"cue {lemma} {tense}",
            f"cue {lemma} in {kind}",
            f"governs {family} {complement}",
            f"governs {lemma} {complement}",
            f"verb {verb}",
            f"verb {family} {verb}",
            f"does {does}",
            f"does {does} {family} {complement}",
            f"does {does} {lemma}",
        )
    )


@lru_cache(maxsize=_REMEMBERED)
def _about_bound(how: str, noun: str, family: str, signs: tuple[str, ...], kind: str) -> Evidence:
    objections = "objections" if signs else "no objection"
    return Evidence(
        (
            f"bound {how}",
            f"bound {how} in {kind}",
            f"bound {how} {family}",
            f"subject {noun}",
            objections,
            f"{objections} {how}",
            f"{objections} {how} {family}",
            *(f"sign {sign}" for sign in signs),
        )
    )


def forget() -> None:
    """Drop what was weighed with weights that have been fitted anew since."""
    _about_frame.cache_clear()
    _about_bound.cache_clear()
    _about_length.cache_clear()
    about_kind.cache_clear()


def about_item(tokens: Tokens, first: int, kind: str) -> tuple[Evidence, ...]:
    """Evidence of a list's item or a measure told without a committing word: its first word and what kind of item it is."""
    item = Evidence((f"item {kind}", f"item {kind} {stem(tokens.words[first])}"))
    return item, _around(tokens, first)


def about_span(tokens: Tokens, first: int, end: int, position: int) -> tuple[Evidence, ...]:
    """Evidence of a quote: its length, its words, its place among the joined parts of one clause (0 is the first)."""
    until = min(end, first + _LONGEST)
    figure = any(word[0].isdigit() for word in tokens.words[first:until])
    length = bisect_left(_LENGTHS, end - first)
    return (
        _about_length(length, min(position, _LATER_PARTS), figure),
        Evidence(words=_words(tokens.stems[first:until], "word", "words")),
    )


@lru_cache(maxsize=_REMEMBERED)
def _about_length(length: int, position: int, figure: bool) -> Evidence:
    return Evidence((f"length {length}", f"part {position}", *(["figure"] if figure else [])))


@lru_cache(maxsize=_REMEMBERED)
def about_kind(kind: str) -> Evidence:
    """Evidence of what a quote is: joined, a part of a cue's clause, or listed in it."""
    return Evidence((f"kind {kind}",))


def perhaps_about_span(tokens: Tokens, first: int, end: int) -> Evidence:
    """What else a quote inside tokens first to end may have as evidence: any of their words, and a figure."""
    return Evidence(("figure",), _words(tokens.stems[first:end], "word", "words"))


def about_sentence(tokens: Tokens) -> Evidence:
    """Evidence of the whole sentence: its words and pairs of words."""
    return Evidence(words=_words(tokens.stems[:_LONGEST_SENTENCE], "sentence", "sentence"))


def _words(stems: tuple[str, ...], one: str, two: str) -> _Words:
    """Each word and each pair of neighbours, once."""
    return (one, frozenset(stems)), (two, frozenset(pairwise(stems)))


def _around(tokens: Tokens, index: int) -> Evidence:
    """The words before a token, the nearest one apart, and the one that opens the sentence."""
    before = [place for place in range(max(0, index - _BEFORE), index) if not tokens.capitals[place]]
    previous = tokens.words[index - 1] if index and not tokens.capitals[index - 1] else "name"
    return Evidence(
        (
            *[f"before {tokens.words[place]}" for place in before if tokens.words[place].isalpha()],
            f"previous {previous}",
            f"opening {' '.join(tokens.words[:1])}",
        )
    )
