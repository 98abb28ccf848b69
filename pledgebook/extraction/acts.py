"""The act of an undertaking: what kind of thing is to be done, by the codebook's ten acts.

Verbs fall into classes (`lexicon/act_verbs.csv`), so do the things done (`lexicon/act_objects.csv`). Each class, each
pair of them, each verb and each telling word weighs for or against an act; the weights are those of a logistic
regression fitted by `benchmarks/fit_acts.py` and kept in `lexicon/act_weights.csv`. The act with the highest sum wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.terms import TermList, stem, stems, words
from pledgebook.extraction.words import gerund, past, third_person

FRAME = "frame"
OTHERWISE = "other"
_NEGATED = re.compile(r"\b(?:not|never|no longer)\b(?! only\b)", re.IGNORECASE)
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


def code_act(head: str, quote: str, sentence: str) -> str:
    """The act of `quote`; `head` is the base form of its verb, or "" when it has none ("its commitment to peace")."""
    sums: dict[str, float] = {}
    for feature in features(head, quote, sentence):
        for act, weight in _weights().get(feature, ()):
            sums[act] = sums.get(act, 0.0) + weight
    return max(sums, key=lambda act: (sums[act], act), default=OTHERWISE)


def features(head: str, quote: str, sentence: str) -> Iterator[str]:
    """What speaks for an act: verbs, classes and words of the quote, classes of the sentence, each named with its kind."""
    spelled = words(quote)
    stemmed = [stem(word) for word in spelled]
    verbs = _verbs_of(head, spelled)
    place, first, first_class = verbs[0] if verbs else (-1, "", "none")
    objects = list(_objects().find(stemmed))
    nearest = next((kind for at, kind in objects if at >= place), "none")
    yield "always"
    yield f"class {first_class}"
    yield f"verb {first}"
    if len(verbs) > 1:
        yield f"then class {verbs[1][2]}"
        yield f"then verb {verbs[1][1]}"
    yield f"nearest {nearest}"
    yield f"pair {first_class} {nearest}"
    yield from (f"object {kind}" for kind in sorted({kind for _, kind in objects}))
    yield from (f"around {kind}" for kind in _classes_around(sentence))
    if _NEGATED.search(quote[:_OPENING]):
        yield "negated"
    yield from (f"word {word}" for word in sorted(set(stemmed)))


def _verbs_of(head: str, spelled: list[str]) -> list[tuple[int, str, str]]:
    """The verb of the quote and those after it, with place and class, without the verbs that only commit ("agreed to")."""
    found, before = [], "to"
    forms = _forms()
    for place, word in enumerate(spelled):
        if word in forms:
            verb, kind, sure = forms[word]
            if kind != FRAME and (sure or before in _OPENS_A_VERB or before.endswith("ly")):
                found.append((place, verb, kind))
        before = word
    if head and (kind := _classes().get(head, FRAME)) != FRAME and (not found or found[0][1] != head):
        found.insert(0, (0, head, kind))
    return found


@lru_cache(maxsize=4096)
def _classes_around(sentence: str) -> tuple[str, ...]:
    """The undertakings of one sentence follow each other, so each sentence is read once."""
    return tuple(sorted({kind for _, kind in _objects().find(stems(sentence))}))


@cache
def _classes() -> dict[str, str]:
    return {row["verb"]: row["class"] for row in read_rows("act_verbs", ("verb", "class"))}


@cache
def _forms() -> dict[str, tuple[str, str, bool]]:
    """Form to verb, class, and whether the form is a verb wherever it stands (a gerund is, "support" is not)."""
    forms: dict[str, tuple[str, str, bool]] = {}
    for verb, kind in _classes().items():
        forms[past(verb)] = forms[third_person(verb)] = (verb, kind, False)
        forms[gerund(verb)] = (verb, kind, True)
    return forms | {verb: (verb, kind, False) for verb, kind in _classes().items()}


@cache
def _objects() -> TermList[str]:
    return TermList((row["term"], row["class"]) for row in read_rows("act_objects", ("term", "class")))


@cache
def _weights() -> dict[str, list[tuple[str, float]]]:
    weights: dict[str, list[tuple[str, float]]] = {}
    for row in read_rows("act_weights", ("feature", "act", "weight")):
        weights.setdefault(row["feature"], []).append((row["act"], float(row["weight"])))
    return weights
