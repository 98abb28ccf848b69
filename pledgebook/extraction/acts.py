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
from pledgebook.extraction.terms import TermList, stemmed, stems, words
from pledgebook.extraction.words import gerund, past, third_person

OTHERWISE = "other"
_FRAME = "frame"
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

Feature = tuple[str, str]


def code_act(head: str, quote: str, sentence: str) -> str:
    """The act of `quote`; `head` is the base form of its verb, or "" when it has none ("its commitment to peace")."""
    weights = _weights()
    sums: dict[str, float] = {}
    for feature in features(head, quote, sentence):
        if feature in weights:
            for act, weight in weights[feature]:
                sums[act] = sums.get(act, 0.0) + weight
    return min(sums, key=lambda act: (-sums[act], act), default=OTHERWISE)


def features(head: str, quote: str, sentence: str) -> Iterator[Feature]:
    """What speaks for an act, as (kind, name): verbs, classes and words of the quote, and classes of the sentence."""
    spelled = words(quote)
    stems_of_quote = stemmed(spelled)
    verbs = _verbs_of(head, spelled)
    place, verb, verb_class = verbs[0] if verbs else (-1, "", "none")
    objects = list(_objects().find(stems_of_quote))
    nearest = next((kind for at, kind in objects if at >= place), "none")
    yield from (
        ("always", ""),
        ("class", verb_class),
        ("verb", verb),
        ("nearest", nearest),
        ("pair", f"{verb_class} {nearest}"),
    )
    if len(verbs) > 1:
        yield from (("then class", verbs[1][2]), ("then verb", verbs[1][1]))
    if _NEGATED.search(quote[:_OPENING]):
        yield ("negated", "")
    # Sorted, because sums of floats depend on their order and the order of a set on PYTHONHASHSEED.
    yield from (("object", kind) for kind in sorted({kind for _, kind in objects}))
    yield from (("around", kind) for kind in _classes_around(sentence))
    yield from (("word", word) for word in sorted(set(stems_of_quote)))


def _verbs_of(head: str, spelled: list[str]) -> list[tuple[int, str, str]]:
    """The verb of the quote and those after it, with place and class, without the verbs that only commit ("agreed to")."""
    forms = _forms()
    found = []
    for place in [place for place, word in enumerate(spelled) if word in forms]:
        verb, kind, sure = forms[spelled[place]]
        before = spelled[place - 1] if place else "to"
        if kind != _FRAME and (sure or before in _OPENS_A_VERB or before.endswith("ly")):
            found.append((place, verb, kind))
    if head and (kind := _classes().get(head, _FRAME)) != _FRAME and (not found or found[0][1] != head):
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
def _weights() -> dict[Feature, list[tuple[str, float]]]:
    weights: dict[Feature, list[tuple[str, float]]] = {}
    for row in read_rows("act_weights", ("kind", "name", "act", "weight")):
        weights.setdefault((row["kind"], row["name"]), []).append((row["act"], float(row["weight"])))
    return weights
