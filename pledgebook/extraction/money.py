"""Sums of money in a text: amount, range, currency, qualifier and period, each with its place.

Only words that name a currency make a number a sum, so "82,000 cases" is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from pledgebook.extraction.money_patterns import key, money_patterns

_HINT = re.compile(r"\d|(?:thousand|million|billion|trillion|crore|lakh)\b", re.IGNORECASE)
_LEAD_LENGTH = 60
_SMALLEST_FOR_AMBIGUOUS_WORDS = 1000
_LIMIT = Decimal(10) ** 18
_LOOK_BACK, _LOOK_AHEAD = 60, 80
_KINDS_IN_ORDER = ("loan_or_guarantee", "purchase", "budget", "grant_or_aid", "investment")
_KIND_BY_ACT = {"purchase": "purchase", "provide": "grant_or_aid", "military": "grant_or_aid"}
# An investment at home is the promiser's own budget; one given to a partner for nothing is aid.
_OWN_KIND = {
    "invest": {
        "purchase": "investment",
        "other": "budget",
        "reform": "budget",
        "provide": "grant_or_aid",
        "military": "grant_or_aid",
    },
    "lend": {"provide": "loan_or_guarantee"},
    "donate": {"provide": "grant_or_aid"},
    "purchase": {"purchase": "purchase"},
    "buy": {"purchase": "purchase"},
}


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
    first = match.end("between") if match["between"] else match.start()
    opening = max(earliest, match.start() - _LEAD_LENGTH)
    lead = patterns.lead.search(text[opening : match.start()])
    tail = patterns.tail.match(text, match.end())
    start = opening + lead.start("qualifier") if lead else first
    end = tail.end() if tail else match.end()
    per = patterns.words["period"][key(tail["period"])] if tail and tail["period"] else "total"
    return Money(
        start, end, low, high, patterns.currencies[key(form)], _qualifier(lead, match, tail), per, text[start:end]
    )


def _qualifier(lead: re.Match[str] | None, match: re.Match[str], tail: re.Match[str] | None) -> str:
    words = money_patterns().words
    if (tail and tail["plus"]) or "+" in match.group():
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


def promised_money(quote: str, sentence: str, head: str, act: str) -> tuple[Money, str] | None:
    """The sum that an undertaking promises, with its kind, or None when it names none or its sums are no promise.

    `head` is the base form of its verb, `act` its act; offsets count in `quote`. A sum that the words around it call a
    volume of trade, a threshold, a total of private money or money already paid is no promise.
    kind: grant_or_aid, loan_or_guarantee, purchase, investment, budget, unknown.
    """
    for money in find_money(quote):
        around = _kinds(quote[max(0, money.start - _LOOK_BACK) : money.end + _LOOK_AHEAD])
        if "none" not in around:
            return _with_period(money, quote), _kind(head, act, around | _kinds(quote))
    return None


def _kinds(text: str) -> set[str]:
    patterns = money_patterns()
    return {patterns.contexts[key(match.group())] for match in patterns.context.finditer(text)}


def _kind(head: str, act: str, around: set[str]) -> str:
    """The kind by the verb first, then by the words beside the sum, then by the act."""
    if head in _OWN_KIND and act in _OWN_KIND[head]:
        return _OWN_KIND[head][act]
    if kind := next((kind for kind in _KINDS_IN_ORDER if kind in around), None):
        return kind
    return _KIND_BY_ACT.get(act, "unknown")


def _with_period(money: Money, quote: str) -> Money:
    """A period may stand further off: "$5 million in aid annually"."""
    match = money_patterns().period.search(quote, money.end)
    if money.per != "total" or match is None or re.search(r"[,;.]|\band\b", quote[money.end : match.start()]):
        return money
    return replace(money, per=money_patterns().words["period"][key(match.group())])
