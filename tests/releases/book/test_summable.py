"""Money that may be added up: each promise once."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

AID = "The United States will provide $5 million to Ukraine."


def counted(publish, *runs):
    for made in runs:
        publish(made)
    rows = publish.table("commitments").join(publish.table("readouts").select("readout_id", "title"), on="readout_id")
    return dict(rows.filter(pl.col("amount").is_not_null()).select("title", "amount_summable").iter_rows())


@pytest.mark.parametrize(
    "reason",
    [
        {"attribution": "counterpart"},
        {"strength": "conditional"},
        {"amount_per": "year"},
        {"amount_kind": "unknown"},
    ],
)
def test_what_is_not_a_firm_public_total_of_the_issuer_does_not_count(publish, document, run, reason):
    assert counted(publish, run(document("a", AID)), run(document("b", AID + " So be it."), **reason)) == {
        "Meeting a": True,
        "Meeting b": False,
    }


@pytest.mark.parametrize(
    ("promise", "counts"),
    [
        ("The United States will mobilize more than $5 million for the harbour.", False),
        ("The United States will see banks invest $5 million in the harbour.", False),
        ("The United States will help small businesses with $5 million.", True),
        ("The United States will invest $5 million to mobilize the harbour.", True),
        ("The United States will give $5 million to companies.", True),
    ],
)
def test_money_that_others_pay_does_not_count(publish, document, run, promise, counts):
    assert counted(publish, run(document("a", promise))) == {"Meeting a": counts}


def test_a_promise_told_again_later_counts_once(publish, document, run):
    again = document("b", "As we said, the United States will give Ukraine $5 million.", date=date(2021, 7, 1))
    assert counted(publish, run(document("a", AID)), run(again)) == {"Meeting a": True, "Meeting b": False}


def test_an_earlier_telling_that_comes_later_takes_the_count(publish, document, run):
    earlier = document("b", "We told that the United States will give Ukraine $5 million.", date=date(2021, 5, 1))
    assert counted(publish, run(document("a", AID)), run(earlier)) == {"Meeting a": False, "Meeting b": True}
    changed = publish.table("changes").filter(column="amount_summable")
    assert changed["cause"].to_list() == ["source"]


def test_the_same_sum_for_somebody_else_counts(publish, document, run):
    other = document("b", "The United States will provide $5 million to the fund.")
    assert counted(publish, run(document("a", AID), other)) == {"Meeting a": True, "Meeting b": True}


def test_two_statements_about_one_meeting_count_once(publish, document, run):
    met = {"participants": ["USA", "MEX"]}
    other = document("b", "The United States will provide $5 million to the fund.", **met)
    marks = counted(publish, run(document("a", AID, **met), other))
    assert sorted(marks.values()) == [False, True]


def test_samples_never_count(publish, document, run):
    assert counted(publish, run(document("a", AID, text_origin="summary"))) == {"Meeting a": False}
