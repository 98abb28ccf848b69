"""The act of an undertaking: what kind of thing is to be done, by the codebook's ten acts.

Verbs fall into classes (`lexicon/act_verbs.csv`), so do the things done (`lexicon/act_objects.csv`). Each class, each
pair of them, each verb and each telling word weighs for or against an act; the weights are those of a logistic
regression fitted by `benchmarks/fit_acts.py` and kept in `lexicon/act_weights.csv`. The act with the highest sum wins.
An undertaking not to do a thing is always `refrain`, as the codebook says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from pledgebook.extraction.class_weights import Features, class_weights
from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.terms import TermList, read, stems
from pledgebook.extraction.words import gerund, past, third_person

_FRAME = "frame"
_NEGATED = re.compile(r"\b(?:not|never|no longer)\b(?! only\b)", re.IGNORECASE)
# "will not impose", "committed to never recognise": the undertaking itself is negated, not something in its purpose.
_ABSTAINS = re.compile(
    r"(?:\w+\W+){0,4}(?:(?:will|shall|would)\W+(?:not|never)|commit\w*\W+(?:to\W+)?(?:not|never)|to\W+(?:not|never)|not\W+to|refrain\w*)\b(?! only)",
    re.IGNORECASE,
)
_OPENS_A_VERB = frozenset(
    {
        "to",
        "will",
        "shall",
        "would",
        "not",
        "also",
        "further",
        "jointly",
        "together",
        "and",
        "or",
        "can",
        "must",
        "is",
        "are",
    }
)
_OPENING = 60

# Words are many and say little each; a smaller share is a stronger penalty on their weights when they are fitted.
_SHARES = {"word": 0.5, "words": 0.4, "verb": 0.8, "then class": 0.6, "then verb": 0.6, "pair": 0.7, "around": 0.4}


def code_act(head: str, quote: str, sentence: str) -> str:
    """The act of `quote`; `head` is the base form of its verb, or "" when it has none ("its commitment to peace")."""
    if _ABSTAINS.match(quote):
        return "refrain"
    weights = class_weights("act")
    return weights.likeliest(weights.sums(features(head, quote, sentence)))[0]


def features(head: str, quote: str, sentence: str) -> list[Features]:
    """What speaks for an act: words of the quote, its verbs and classes, the sentence's classes."""
    return [
        Features(kind, dict.fromkeys(names), _SHARES.get(kind, 1.0)) for kind, names in _seen(head, quote, sentence)
    ]


def _seen(head: str, quote: str, sentence: str) -> Iterator[tuple[str, Iterable[str]]]:
    words, stemmed = read(quote)
    verbs = _verbs_of(head, words)
    place, verb, verb_class = verbs[0] if verbs else (-1, "", "none")
    objects = list(_objects().find(stemmed))
    nearest = next((kind for at, kind in objects if at >= place), "none")
    yield from (("always", [""]), ("class", [verb_class]), ("verb", [verb]), ("nearest", [nearest]))
    yield "pair", [f"{verb_class} {nearest}"]
    if len(verbs) > 1:
        yield from (("then class", [verbs[1][2]]), ("then verb", [verbs[1][1]]))
    if _NEGATED.search(quote, 0, _OPENING):
        yield "negated", [""]
    # In the order of the text, because sums of floats depend on it, and the order of a set depends on PYTHONHASHSEED.
    yield "object", [kind for _, kind in objects]
    yield "around", _classes_around(sentence)
    yield "word", stemmed
    yield "words", map(" ".join, pairwise(stemmed))


def _verbs_of(head: str, words: list[str]) -> list[tuple[int, str, str]]:
    """The verb of the quote and those after it, with place and class, without the verbs that only commit ("agreed to")."""
    forms = _forms()
    found = []
    for place in [place for place, word in enumerate(words) if word in forms]:
        verb, kind, sure = forms[words[place]]
        before = words[place - 1] if place else "to"
        if kind != _FRAME and (sure or before in _OPENS_A_VERB or before.endswith("ly")):
            found.append((place, verb, kind))
    if head and (kind := verb_classes().get(head, _FRAME)) != _FRAME and (not found or found[0][1] != head):
        found.insert(0, (0, head, kind))
    return found


@lru_cache(maxsize=1024)
def _classes_around(sentence: str) -> list[str]:
    """The undertakings of one sentence follow each other, so each sentence is read once."""
    return sorted({kind for _, kind in _objects().find(stems(sentence))})


@cache
def verb_classes() -> dict[str, str]:
    """The class of each verb, by its base form."""
    return {row["verb"]: row["class"] for row in read_rows("act_verbs", ("verb", "class"))}


@cache
def _forms() -> dict[str, tuple[str, str, bool]]:
    """Form to verb, class, and whether the form is a verb wherever it stands (a gerund is, "support" is not)."""
    forms: dict[str, tuple[str, str, bool]] = {}
    for verb, kind in verb_classes().items():
        forms[past(verb)] = forms[third_person(verb)] = (verb, kind, False)
        forms[gerund(verb)] = (verb, kind, True)
    return forms | {verb: (verb, kind, False) for verb, kind in verb_classes().items()}


@cache
def _objects() -> TermList[str]:
    return TermList((row["term"], row["class"]) for row in read_rows("act_objects", ("term", "class")))
