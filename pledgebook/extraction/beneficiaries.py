"""Who gains by an undertaking, and against whom it is directed: recipients and targets.

Every actor named in or around an undertaking is a candidate. What is seen of it (`side_features`) weighs for or against
each side; the weights are those of a logistic regression fitted by `benchmarks/fit_sides.py` and kept in
`lexicon/side_weights.csv`. A candidate takes the side with the higher sum, if that is above zero, else none; who is named in the quote itself goes before who is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pledgebook.extraction.lexicon_files import one_of, read_rows
from pledgebook.extraction.scene import Candidate, Scene, candidates
from pledgebook.extraction.side_features import Feature, features

_SIDES = ("recipient", "target")


@dataclass(frozen=True)
class Sides:
    """recipients, targets: actor codes by first mention, none of them an actor of the undertaking."""

    recipients: tuple[str, ...]
    targets: tuple[str, ...]


def sides(scene: Scene) -> Sides:
    """Recipients and targets of the undertaking of a scene."""
    rivals = candidates(scene)
    return choose([(rival, *_sums(features(rival, rivals, scene))) for rival in rivals])


def choose(weighed: list[tuple[Candidate, float, float]]) -> Sides:
    """Sides of candidates with what speaks for each to gain and to be a target.

    Where the quote itself names who gains, nobody else does; the same holds for targets.
    """
    gaining = [rival for rival, gains, suffers in weighed if gains > max(suffers, 0.0)]
    suffering = [rival for rival, gains, suffers in weighed if suffers > 0.0 and suffers >= gains]
    return Sides(_nearest(gaining), _nearest(suffering))


def _nearest(chosen: list[Candidate]) -> tuple[str, ...]:
    named = [candidate for candidate in chosen if candidate.mentions]
    return tuple(candidate.code for candidate in named or chosen)


def _sums(found: list[Feature]) -> tuple[float, float]:
    known = weights()
    gains = suffers = 0.0
    for feature in found:
        if feature in known:
            for_recipient, for_target = known[feature]
            gains += for_recipient
            suffers += for_target
    return gains, suffers


@cache
def weights() -> dict[Feature, tuple[float, float]]:
    """The weights of each feature for a recipient and for a target, against neither."""
    found: dict[Feature, dict[str, float]] = {}
    for row in read_rows("side_weights", ("kind", "name", "side", "weight")):
        side = one_of(row, "side", _SIDES, "side_weights")
        found.setdefault((row["kind"], row["name"]), {})[side] = float(row["weight"])
    return {feature: (by_side.get("recipient", 0.0), by_side.get("target", 0.0)) for feature, by_side in found.items()}
