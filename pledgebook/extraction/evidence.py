"""What speaks for and against a candidate: named features of its cue, its span and its place in the document.

Each is a short text, "cue agree" or "place first block", whose weight stands in `lexicon/judgement.csv`. Words of the quote and around
the cue that are written with a capital letter give none, so that no country and no person counts for or against a commitment; of a
sentence's first word, which has a capital anyway, only those that open the sentences of many documents come to have a weight.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pledgebook.extraction.acts import verb_classes
from pledgebook.extraction.binding import Bound
from pledgebook.extraction.cues import Cue
from pledgebook.extraction.terms import stem
from pledgebook.extraction.words import Tokens, verb_forms

_BEFORE, _LONGEST, _LONGEST_SENTENCE = 5, 40, 120
_LENGTHS = (4, 7, 11, 16, 24, 36)
_LATER_PARTS = 2
# Every quote has one length and one place among the parts of its clause.
SPAN_CHOICES = (
    tuple(f"length {length}" for length in range(len(_LENGTHS) + 1)),
    tuple(f"part {position}" for position in range(_LATER_PARTS + 1)),
)


def about_cue(tokens: Tokens, cue: Cue, bound: Bound, signs: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """Evidence of the committing word in a document of a `kind`: its form, what it governs, who is bound by it, the signs against it."""
    frame = cue.frame
    does = verb_classes().get(cue.verb) or ("another verb" if cue.verb in verb_forms().base else "no verb")
    objections = "objections" if signs else "no objection"
    return (
        f"cue {frame.lemma}",
        f"cue {frame.lemma} {frame.tense}",
        f"cue {frame.lemma} in {kind}",
        f"governs {frame.family} {cue.complement}",
        f"governs {frame.lemma} {cue.complement}",
        f"verb {cue.verb}",
        f"verb {frame.family} {cue.verb}",
        f"does {does}",
        f"does {does} {frame.family} {cue.complement}",
        f"does {does} {frame.lemma}",
        f"bound {bound.how}",
        f"bound {bound.how} in {kind}",
        f"bound {bound.how} {frame.family}",
        f"subject {bound.noun}",
        objections,
        f"{objections} {bound.how}",
        f"{objections} {bound.how} {frame.family}",
        *(f"sign {sign}" for sign in signs),
        *_words_around(tokens, cue.first),
    )


def about_item(tokens: Tokens, first: int, kind: str) -> tuple[str, ...]:
    """Evidence of a list's item or a measure told without a committing word: its first word and what kind of item it is."""
    return (f"item {kind}", f"item {kind} {stem(tokens.words[first])}", *_words_around(tokens, first))


def about_span(tokens: Tokens, first: int, end: int, position: int) -> tuple[str, ...]:
    """Evidence of a quote: its length, its words, its place among the joined parts of one clause (0 is the first)."""
    until = min(end, first + _LONGEST)
    length = sum(end - first > least for least in _LENGTHS)
    return (
        f"length {length}",
        f"part {min(position, _LATER_PARTS)}",
        *_words(tokens.stems[first:until], "word", "words"),
        *(["figure"] if any(word[0].isdigit() for word in tokens.words[first:until]) else []),
    )


def perhaps_about_span(tokens: Tokens, first: int, end: int) -> Iterator[str]:
    """What else a quote inside tokens first to end may have as evidence: any of their words, and a figure."""
    yield from _words(tokens.stems[first:end], "word", "words")
    yield "figure"


def about_sentence(tokens: Tokens) -> tuple[str, ...]:
    """Evidence of the whole sentence: its words and pairs of words."""
    return tuple(_words(tokens.stems[:_LONGEST_SENTENCE], "sentence", "sentence"))


def _words(stems: tuple[str, ...], one: str, two: str) -> Iterator[str]:
    """Each word and each pair of neighbours, once; signs, figures and names give none."""
    yield from dict.fromkeys(f"{one} {word}" for word in stems if word.isalpha())
    pairs = pairwise(stems)
    yield from dict.fromkeys(f"{two} {word} {after}" for word, after in pairs if word.isalpha() and after.isalpha())


def _words_around(tokens: Tokens, index: int) -> Iterator[str]:
    for place in range(max(0, index - _BEFORE), index):
        if tokens.words[place].isalpha() and not tokens.capitals[place]:
            yield f"before {tokens.words[place]}"
    yield f"previous {tokens.words[index - 1]}" if index and not tokens.capitals[index - 1] else "previous name"
    yield f"opening {' '.join(tokens.words[:1])}"
