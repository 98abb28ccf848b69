"""How an undertaking is worded: strength, novelty, routine.

Rules by the letter of the codebook come first; its words are data. What the rules say, the frame and the words around weigh together: the
weights of `strength_weights.csv`, `novelty_weights.csv` and `routine_weights.csv` were fitted by `benchmarks/fit_wording.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from pledgebook.extraction.class_weights import Feature, class_weights
from pledgebook.extraction.terms import stems
from pledgebook.extraction.undertakings import Undertaking
from pledgebook.extraction.wording_rules import novelty_rule, routine_rule, strength_rule

# How many words of the quote, and before it, are read.
_OPENING, _BEFORE = 12, 8


@dataclass(frozen=True)
class Wording:
    """strength: firm, intended or conditional; novelty: new, continuing or reaffirmed; routine: whether it is a ritual closing."""

    strength: str
    novelty: str
    routine: bool


def wording_of(item: Undertaking, quote: str, cue: str, sentence: str) -> Wording:
    """The wording of an undertaking, from its quote, its cue and its sentence."""
    seen = features(item, quote, cue, sentence)
    return Wording(_likeliest("strength", seen), _likeliest("novelty", seen), _likeliest("routine", seen) == "true")


def features(item: Undertaking, quote: str, cue: str, sentence: str) -> dict[Feature, float]:
    """What speaks for a wording, as (kind, name) with a value: what the rules say, the frame, words of the quote and those before it."""
    opening = stems(quote)[:_OPENING]
    before = stems(sentence[: max(0, sentence.find(quote))])[-_BEFORE:]
    rules = (strength_rule(item, quote, sentence), novelty_rule(item, quote, cue), str(routine_rule(quote)).lower())
    found = [
        ("always", ""),
        *zip(("strength", "novelty", "routine"), rules, strict=True),
        ("rules", " ".join(rules)),
        ("family", item.family),
        ("frame", f"{item.family} {item.strength} {item.novelty}"),
        ("cue", cue.lower()),
        ("verb", item.verb),
        ("opens", " ".join(opening[:2])),
        ("opens", " ".join(opening[:3])),
        *(("early", word) for word in opening[:5]),
        *(("word", word) for word in opening),
        *(("words", " ".join(pair)) for pair in pairwise(opening)),
        *(("before", word) for word in before),
    ]
    return dict.fromkeys(found, 1.0)


def _likeliest(column: str, seen: dict[Feature, float]) -> str:
    weights = class_weights(f"{column}_weights", column)
    sums = weights.sums(seen.items())
    return weights.classes[sums.index(max(sums))]
