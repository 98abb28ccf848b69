"""How far figures of few documents can be trusted: intervals by the bootstrap, and the effective number of documents."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from pledgebook.evaluation.scores import Counts, f1_figures

# With 999 draws the 25th lowest and the 25th highest value bound 95 % exactly, and nothing has to be interpolated.
DRAWS, OUTSIDE = 999, 25
_SEED = 0


def intervals(documents: Sequence[Counts]) -> dict[str, list[float]]:
    """The lowest and highest value, at 95 %, of each F1 figure and its parts, rounded to three decimals; of no documents, none.

    Percentile bootstrap (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13) over documents: each draw takes as many
    documents as there are, with replacement, and pools their counts. The seed is fixed, so that the same counts give the same intervals.
    """
    if not documents:
        return {}
    table = np.array(documents, dtype=np.int64)
    draws = [f1_figures(Counts(*table[places].sum(axis=0).tolist())) for places in _draws(len(documents))]
    return {name: _middle([draw[name] for draw in draws]) for name in draws[0]}


def _draws(number: int) -> list[list[int]]:
    """Places of documents, a list a draw; only `random()` itself gives the same numbers under every version of Python."""
    chance = random.Random(_SEED)
    return [[int(chance.random() * number) for _ in range(number)] for _ in range(DRAWS)]


def _middle(values: list[float]) -> list[float]:
    ordered = sorted(values)
    return [round(ordered[OUTSIDE - 1], 3), round(ordered[-OUTSIDE], 3)]


def effective_documents(items: Sequence[int]) -> float:
    """How many documents with the same number of items each would tell as much as these, to one decimal; 0 where no document has any.

    `items` holds the number of items of each document; those without items weigh nothing. The square of their sum over the sum of their
    squares: Kish's effective sample size (Survey Sampling, 1965) with items as weights.
    """
    squares = sum(number**2 for number in items)
    return round(sum(items) ** 2 / squares, 1) if squares else 0.0
