"""Intervals over documents, and the number of documents that tell as much: small cases that can be counted by hand."""

from __future__ import annotations

import pytest

from pledgebook.evaluation.intervals import effective_documents, intervals
from pledgebook.evaluation.scores import Counts

# Two of four quotes matched, one of them right: F1 1/2, precision 1/2, recall 1/2, right 1/4.
HALF = Counts(3, 4, 4, 2, 4, 4, 1)
ALL, NONE = Counts(1, 1, 1, 1, 1, 1, 1), Counts(0, 1, 1, 0, 1, 1, 0)


def test_documents_that_are_alike_leave_no_doubt() -> None:
    measured = intervals([HALF] * 7)
    assert measured["sentence_f1"] == [0.75, 0.75]
    assert measured["item_f1"] == measured["item_precision"] == measured["item_recall"] == [0.5, 0.5]
    assert measured["right_f1"] == [0.25, 0.25]


def test_two_documents_give_nothing_half_or_all() -> None:
    # Each draw of two is twice the one, twice the other, or both: a quarter of the draws lies at each end.
    assert intervals([ALL, NONE])["item_f1"] == [0.0, 1.0]


def test_ends_leave_out_the_rarest_draws() -> None:
    # Twenty documents, one of them a failure: 36 % of the draws leave it out, and one draw in sixty has it more than three times.
    low, high = intervals([ALL] * 19 + [NONE])["item_f1"]
    assert (low, high) == (pytest.approx(17 / 20), 1.0)


def test_figures_are_pooled_and_not_means_of_documents() -> None:
    # Half of the documents are failures, and hold nine tenths of the items: F1 is about 1/10, its mean over documents 1/2.
    large = Counts(0, 9, 9, 0, 9, 9, 0)
    low, high = intervals([ALL] * 50 + [large] * 50)["item_f1"]
    assert 0.05 < low < 0.1 < high < 0.2


def test_an_interval_is_the_same_each_time() -> None:
    documents = [Counts(number % 3, 3, 3, number % 4, 4, 5, 0) for number in range(30)]
    assert intervals(documents) == intervals(documents)


def test_documents_without_anything_leave_figures_alone() -> None:
    empty = Counts(0, 0, 0, 0, 0, 0, 0)
    assert intervals([empty])["item_f1"] == [0.0, 0.0]
    assert intervals([HALF] * 40 + [empty])["item_f1"] == [0.5, 0.5]
    assert intervals([]) == {}


@pytest.mark.parametrize(
    ("items", "effective"),
    [
        ([3, 3, 3, 3], 4.0),
        ([3, 3, 3, 3, 0, 0], 4.0),
        ([10], 1.0),
        ([8, 1, 1], 1.5),  # 100 / 66
        ([0, 0], 0.0),
        ([], 0.0),
    ],
)
def test_documents_count_by_how_evenly_items_are_spread(items: list[int], effective: float) -> None:
    assert effective_documents(items) == effective
