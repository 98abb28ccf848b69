"""Sums of money and which of them an undertaking promises."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.money import find_money, promised_money


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$130 million", "130000000", "USD"),
        ("US$ 5 bn", "5000000000", "USD"),
        ("USD 2,000,000", "2000000", "USD"),
        ("USD50 million", "50000000", "USD"),
        ("$2 billion USD", "2000000000", "USD"),
        ("$3.5M", "3500000", "USD"),
        ("half a billion dollars", "500000000", "USD"),
        ("one and a half billion euros", "1500000000", "EUR"),
        ("€1.5 billion", "1500000000", "EUR"),
        ("EUR 220 M", "220000000", "EUR"),
        ("$5 m from there", "5", "USD"),
        ("130 million euros", "130000000", "EUR"),
        ("£5m", "5000000", "GBP"),
        ("A$30 billion", "30000000000", "AUD"),
        ("C$7 million", "7000000", "CAD"),
        ("NT$20 bn", "20000000000", "TWD"),
        ("JPY 10 trillion", "10000000000000", "JPY"),
        ("5 billion won", "5000000000", "KRW"),
        ("₹2,000 crore", "20000000000", "INR"),
        ("3 lakh rupees", "300000", "INR"),
        ("two hundred million hryvnias", "200000000", "UAH"),
        ("90 million roubles", "90000000", "RUB"),
        ("40 million Swiss francs", "40000000", "CHF"),
        ("12 million Saudi riyals", "12000000", "SAR"),
        ("$130\u00a0million", "130000000", "USD"),
        ("1\u00a0000\u00a0000 EUR", "1000000", "EUR"),
        ("$2¾ billion", "2750000000", "USD"),
        ("€1½ million", "1500000", "EUR"),
        ("€1 ½ million", "1500000", "EUR"),
        ("£½ million", "500000", "GBP"),
        ("3⅝ million euros", "3625000", "EUR"),
        ("1,250½ million yen", "1250500000", "JPY"),
        ("$3 1/2 billion", "3500000000", "USD"),
        ("$3\u00a01⁄2 billion", "3500000000", "USD"),
        ("2-3/4 million dollars", "2750000", "USD"),
        ("3/4 million dollars", "750000", "USD"),
    ],
)
def test_amount_and_currency(text: str, amount: str, currency: str) -> None:
    (money,) = find_money(f"Norland will give {text} to Estavia.")
    assert (money.amount, money.currency, money.amount_max) == (Decimal(amount), currency, None)


@pytest.mark.parametrize(
    "text",
    [
        "82,000 cases",
        "3 million doses",
        "an estimated 18 million people",
        "25 MMT of grain",
        "the team won 5 won medals",
        "COP26",
        "They will try 5 times.",
        "Article 5 of the treaty",
        "a few dollars",
        "3 5/16 million dollars",
        "a share of 9/11 million dollars",
        "",
    ],
)
def test_counts_are_not_money(text: str) -> None:
    assert find_money(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between $5 and $7 million", 5, 7),
        ("$5-7 million", 5, 7),
        ("$5 to $7 million", 5, 7),
        ("from $5 million to $7 million", 5, 7),
        ("$5 million–$7 million", 5, 7),
        ("$1-1½ million", 1, 1.5),
        ("between $1½ and $2¾ million", 1.5, 2.75),
        ("$1/2 to $3/4 million", 0.5, 0.75),
    ],
)
def test_range(text: str, low: float, high: float) -> None:
    (money,) = find_money(text)
    assert (money.amount, money.amount_max) == (low * 10**6, high * 10**6)


def test_a_third_is_read_to_the_cent() -> None:
    (money,) = find_money("Norland will give ⅓ million euros.")
    assert round(money.amount, 2) == Decimal("333333.33")


@pytest.mark.parametrize(
    ("text", "amount"),
    [("in 2024 1/2 million dollars", 500_000), ("$5 on 1/2/2025", 5), ("$40 million by 3/4", 40_000_000)],
)
def test_years_and_dates_are_no_part_of_a_sum(text: str, amount: int) -> None:
    assert [money.amount for money in find_money(text)] == [amount]


def test_two_sums_are_no_range() -> None:
    assert [money.amount for money in find_money("$5 million and $7 million")] == [5_000_000, 7_000_000]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("$5 million", "exact"),
        ("an additional $5 million", "exact"),
        ("approximately $5 million", "approx"),
        ("nearly $5 million", "approx"),
        ("more than $5 million", "at_least"),
        ("more than an additional $5 million", "at_least"),
        ("over AUD 5 million", "at_least"),
        ("$5 million or more", "at_least"),
        ("$5 million+", "at_least"),
        ("$5+ million", "at_least"),
        ("$5 +million", "at_least"),
        ("$5+M", "at_least"),
        ("up to an additional $5 million", "up_to"),
        ("as much as $5 million", "up_to"),
    ],
)
def test_qualifier(text: str, qualifier: str) -> None:
    (money,) = find_money(f"Norland pledged {text}")
    assert money.qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("$5 million per year", "year"),
        ("$5 million annually", "year"),
        ("€5 million a month", "month"),
        ("$5 million each", "each"),
        ("$5 million", "total"),
    ],
)
def test_period(text: str, per: str) -> None:
    (money,) = find_money(f"{text} for the dam")
    assert money.per == per


def test_text_runs_from_qualifier_to_period_and_counts_in_code_points() -> None:
    text = "🕊️ Norland’s pledge: more than $5 million per year for the dam"
    (money,) = find_money(text)
    assert text[money.start : money.end] == money.text == "more than $5 million per year"


def test_period_further_off() -> None:
    promised = promised_money("will give $5 million in aid annually", "", "give", "provide")
    assert promised is not None and promised[0].per == "year"


@pytest.mark.parametrize(
    ("quote", "head", "act", "kind"),
    [
        ("will give $5 million in humanitarian assistance", "give", "provide", "grant_or_aid"),
        ("announced $40 million for vaccines", "", "provide", "grant_or_aid"),
        ("will extend a $5 million loan", "extend", "provide", "loan_or_guarantee"),
        ("will buy $5 million of wheat", "buy", "purchase", "purchase"),
        ("will invest $5 million in Estavian ports", "invest", "purchase", "investment"),
        ("will raise its defence budget by $5 million", "raise", "other", "budget"),
        ("will set aside $5 million", "set", "other", "unknown"),
    ],
)
def test_kind(quote: str, head: str, act: str, kind: str) -> None:
    promised = promised_money(quote, quote, head, act)
    assert promised is not None and promised[1] == kind


@pytest.mark.parametrize(
    "quote",
    [
        "will raise bilateral trade to $30 billion",
        "signed an agreement worth a potential $9 billion",
        "will mobilise $5 billion from public and private sources",
        "will exempt parcels valued at or under $800 from duty",
        "will apply a duty of $25 per item",
        "will match $1 for every $2 that others give",
        "will vaccinate 82,000 children",
    ],
)
def test_no_promise(quote: str) -> None:
    assert promised_money(quote, quote, "raise", "cooperate") is None


def test_promise_beside_a_sum_that_is_none() -> None:
    quote = "will give $5 million in grants to firms that together earn well over a number that nobody knows, which is to say $90 billion in revenues"
    promised = promised_money(quote, quote, "give", "provide")
    assert promised is not None and promised[0].amount == 5_000_000


@given(st.text(alphabet="$€0123456789½⅓/⁄,. -amilonbetwdr\u00a0’", max_size=80))
def test_any_text_gives_ordered_spans(text: str) -> None:
    found = find_money(text)
    assert all(text[money.start : money.end] == money.text for money in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_every_currency_of_the_lexicon_is_found() -> None:
    for row in read_rows("currencies", ("form", "currency", "place")):
        text = f"{row['form']} 5 million" if row["place"] == "before" else f"5 million {row['form']}"
        assert [money.currency for money in find_money(f"a gift of {text} today")] == [row["currency"]], row["form"]
