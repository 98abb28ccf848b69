"""How long documents are and what they hold: drawn from the quantiles that were measured of the real corpus."""

from __future__ import annotations

import csv
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from benchmarks.synthetic.phrases import FOLDER, Draw

_MEASURES = ("characters", "cue_share", "item_share", "promise_share")


@dataclass(frozen=True)
class Quantiles:
    """The values of a measure at rising shares of the documents, from 0 to 1."""

    shares: tuple[float, ...]
    values: tuple[float, ...]

    def drawn(self, draw: Draw) -> float:
        """A value, as often as the real corpus has it; between two quantiles all are as likely."""
        share = draw()
        after = bisect_right(self.shares, share)
        part = (share - self.shares[after - 1]) / (self.shares[after] - self.shares[after - 1])
        return self.values[after - 1] + part * (self.values[after] - self.values[after - 1])


@dataclass(frozen=True)
class Shape:
    """What one document is to be like.

    characters: its length; cue_share, item_share: of its sentences that hold a committing word, and that stand in lists;
    promise_share: commitments for each sentence with a committing word, which may be more than one.
    """

    kind: str
    place: str
    characters: float
    cue_share: float
    item_share: float
    promise_share: float


def drawn_shape(draw: Draw) -> Shape:
    """The shape of a document, each kind as frequent as in the real corpus."""
    limits, kinds = _kinds()
    kind, place, measures = kinds[bisect_right(limits, draw() * limits[-1])]
    return Shape(kind, place, *(quantiles.drawn(draw) for quantiles in measures))


@cache
def _kinds() -> tuple[list[int], list[tuple[str, str, list[Quantiles]]]]:
    """Numbers of documents, summed up, and the kinds they belong to with the quantiles of their measures.

    Short and long documents of a kind are two entries.
    """
    counts: dict[tuple[str, str, str], int] = {}
    found: dict[tuple[str, str, str], dict[str, Quantiles]] = {}
    with (FOLDER / "shape.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            group = (row["kind"], row["place"], row["size"])
            counts[group] = int(row["documents"])
            steps = {float(name[1:]): float(value) for name, value in row.items() if name[0] == "q"}
            found.setdefault(group, {})[row["measure"]] = Quantiles(tuple(steps), tuple(steps.values()))
    kinds = [(kind, place, [found[kind, place, size][name] for name in _MEASURES]) for kind, place, size in counts]
    return list(accumulate(counts.values())), kinds
