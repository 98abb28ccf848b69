"""How an undertaking is worded: strength, novelty, routine.

Rules by the letter of the codebook come first; its words are data. What the rules say, the frame and the words around weigh together: the
weights of `strength_weights.csv`, `novelty_weights.csv` and `routine_weights.csv` were fitted by `benchmarks/fit_wording.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from pledgebook.extraction.class_weights import Features, class_weights
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
    weights = class_weights("strength", "novelty", "routine")
    strength, novelty, routine = weights.likeliest(weights.sums(features(item, quote, cue, sentence)))
    return Wording(strength, novelty, routine == "true")


def features(item: Undertaking, quote: str, cue: str, sentence: str) -> list[Features]:
    """What speaks for a wording: what the rules say, the frame, words of the quote and those before it."""
    opening = stems(quote)[:_OPENING]
    before = stems(sentence[: max(0, sentence.find(quote))])[-_BEFORE:]
    rules = (strength_rule(item, quote, sentence), novelty_rule(item, quote, cue), str(routine_rule(quote)).lower())
    found: list[tuple[str, Iterable[str]]] = [
        ("always", [""]),
        *((kind, [rule]) for kind, rule in zip(("strength", "novelty", "routine"), rules, strict=True)),
        ("rules", [" ".join(rules)]),
        ("family", [item.family]),
        ("frame", [f"{item.family} {item.strength} {item.novelty}"]),
        ("cue", [cue.lower()]),
        ("verb", [item.verb]),
        ("opens", [" ".join(opening[:2]), " ".join(opening[:3])]),
        ("early", opening[:5]),
        ("word", opening),
        ("words", map(" ".join, pairwise(opening))),
        ("before", before),
    ]
    return [Features(kind, dict.fromkeys(names)) for kind, names in found]
