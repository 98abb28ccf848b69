"""Sums of money in a text: amount, range, currency, qualifier and period, each with its place.

Only words that name a currency make a number a sum, so "82,000 cases" is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pledgebook.extraction.money_patterns import key, money_patterns

_HINT = re.compile(r"\d|(?:thousand|million|billion|trillion|crore|lakh)\b", re.IGNORECASE)
_LEAD_LENGTH = 60
_SMALLEST_FOR_AMBIGUOUS_WORDS = 1000
_LIMIT = Decimal(10) ** 18


@dataclass(frozen=True)
class Money:
    """One sum, `text[start:end]`, from its qualifier to its period; `amount_max` only for a range.

    currency: ISO 4217. qualifier: exact, approx, at_least, up_to. per: total, year, month, each.
    """

    start: int
    end: int
    amount: Decimal
    amount_max: Decimal | None
    currency: str
    qualifier: str
    per: str
    text: str


def find_money(text: str) -> list[Money]:
    """Every sum of money in `text`, in reading order; numbers beyond the table's decimal(20, 2) are left out."""
    if not _HINT.search(text):
        return []
    matches = sorted(
        (match for pattern in money_patterns().sums for match in pattern.finditer(text)),
        key=lambda match: (match.start(), -match.end()),
    )
    found: list[Money] = []
    for match in matches:
        if found and match.start() < found[-1].end:
            continue
        if money := _money(text, match, found[-1].end if found else 0):
            found.append(money)
    return found


def _money(text: str, match: re.Match[str], earliest: int) -> Money | None:
    patterns = money_patterns()
    form = match["form"] or match["scaled_form"]
    low, high = _amounts(match)
    if low <= 0 or max(low, high or low) >= _LIMIT or (not match["form"] and low < _SMALLEST_FOR_AMBIGUOUS_WORDS):
        return None
    opening = max(earliest, match.start() - _LEAD_LENGTH)
    lead = patterns.lead.search(text[opening : match.start()])
    tail = patterns.tail.match(text, match.end())
    start = opening + lead.start("qualifier") if lead else match.start()
    end = tail.end() if tail else match.end()
    per = patterns.words["period"][key(tail["period"])] if tail and tail["period"] else "total"
    return Money(start, end, low, high, patterns.currencies[key(form)], _qualifier(lead, tail), per, text[start:end])


def _qualifier(lead: re.Match[str] | None, tail: re.Match[str] | None) -> str:
    words = money_patterns().words
    if tail and tail["plus"]:
        return "at_least"
    if lead:
        return words["qualifier"][key(lead["qualifier"])]
    return words["after"][key(tail["after"])] if tail and tail["after"] else "exact"


def _amounts(match: re.Match[str]) -> tuple[Decimal, Decimal | None]:
    """Lower and upper amount; in "$5 to $7 million" the scale belongs to both."""
    patterns = money_patterns()
    low, low_scale = patterns.number(match["low"]), patterns.scale(match["low_scale"])
    if not match["high"]:
        return low * (low_scale or 1), None
    high, high_scale = patterns.number(match["high"]), patterns.scale(match["high_scale"])
    lower, higher = low * (low_scale or high_scale or 1), high * (high_scale or low_scale or 1)
    return (lower, higher) if lower < higher else (lower, None)


_PURCHASE_HEADS = frozenset({"purchase", "buy", "acquire", "procure", "import", "order"})
_NEVER = re.compile(
    r"\b(?:trade volume|trade turnover|bilateral trade|two-way trade|economic exchange|potential|public and private|private sector|private capital|companies|GDP|"
    r"market|valued at or (?:under|below)|worth of (?:imports|exports|goods)|products worth|goods worth|revenue|duty rate|per item|tariff|duties|profits)\b",
    re.IGNORECASE,
)


def promised_money(quote: str, sentence: str, head: str, act: str) -> tuple[Money, str] | None:
    """The sum that the undertaking promises, offsets in `quote`, with its kind, or None when its sums are no promise.

    kind: grant_or_aid, loan_or_guarantee, purchase, investment, budget, unknown.
    """
    if _NEVER.search(quote):
        return None
    for money in find_money(quote):
        return money, _kind(quote, head, act)
    return None


def _kind(quote: str, head: str, act: str) -> str:
    if head in _PURCHASE_HEADS:
        return "purchase"
    if re.search(r"\b(?:loans?|credits?|credit guarantees?|guarantees?|lending|financing)\b", quote, re.IGNORECASE):
        return "loan_or_guarantee"
    if head == "invest" or re.search(r"\binvestments?\b", quote, re.IGNORECASE):
        return "investment"
    return {"purchase": "purchase", "provide": "grant_or_aid", "military": "grant_or_aid"}.get(act, "unknown")
