"""The lexicon of money compiled: patterns for a sum, for the words before it and for the words after it.

Forms of currencies are data in `lexicon/currencies.csv` (ISO 4217 codes; place `after_scale`: a word that is a currency
only after a large number, as "won"), number words, qualifiers and periods in `lexicon/money_words.csv`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import cache

from pledgebook.extraction.lexicon_files import one_of, read_rows

_WHOLE = r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{2,3})+|\d+)"
# A fraction of one sign, or of figures and a bar, which are no date: "¾", "3/4".
_SIGN, _SLASHED = "[¼-¾⅐-⅞]", r"[1-7][/⁄][2-58](?![\d/⁄])"
_FRACTION = re.compile(rf"(?:(?:^|[\s-]){_SLASHED}|[\s-]?{_SIGN})$")
# The longer reading comes first: "2¾" and "3 1/2" are one number, but the year in "2024 1/2" is no part of it.
_DIGITS = rf"(?:\d{{1,3}}[\s-]{_SLASHED}|{_SLASHED}|{_SIGN}|{_WHOLE}(?:[\s-]?{_SIGN}|\.\d+)?)"
# "and" makes a range only after "between": "$5 million and $7 million" are two sums.
_BETWEEN = r"(?P<between>between\s+)?"
_TO = r"(?(between)\s+and\s+|(?:\s*[-–—‑]\s*|\s+to\s+))"
_PLACES = ("before", "after", "both", "after_scale")
_KINDS = ("number", "scale", "letter", "qualifier", "filler", "after", "period")


class MoneyPatterns:
    """Compiled patterns, and the tables that turn what they match into codes and numbers.

    sums: two patterns, currency first ("US$5 billion") and currency last ("five billion euros"), with the groups
    low, low_scale, high, high_scale and form. lead: ends at a sum. tail: starts after a sum. context: the words of
    `lexicon/money_contexts.csv`, which tell a sum's kind, or that it is no promise (kind none).
    """

    def __init__(self) -> None:
        rows = read_rows("currencies", ("form", "currency", "place"))
        self.currencies = {key(row["form"]): row["currency"] for row in rows}
        self.words = _words_by_kind()
        forms = {
            place: [row["form"] for row in rows if one_of(row, "place", _PLACES, "currencies") == place]
            for place in _PLACES
        }
        before, after = choice(forms["before"] + forms["both"]), choice(forms["after"] + forms["both"])
        self.sums = (self._currency_first(before, after), self._currency_last(after, choice(forms["after_scale"])))
        self.lead = self._lead()
        self.tail = self._tail()
        self.contexts = {key(row["words"]): row["kind"] for row in read_rows("money_contexts", ("words", "kind"))}
        self.context = re.compile(rf"(?<!\w){choice(self.contexts)}(?!\w)", re.IGNORECASE)
        self.period = re.compile(rf"(?<!\w){choice(self.words['period'])}(?!\w)", re.IGNORECASE)

    def _scale(self) -> str:
        # "$90+ million" is written as often as "$90 million+".
        # "EUR 220 M": apart from its number a letter is a scale only when it is a capital; "m" may begin a word for metres.
        apart = r"\s(?-i:[MB])"
        return rf"(?:\s?\+)?(?:[\s-]?{choice(self.words['scale'])}|{choice(self.words['letter'])}|{apart})(?![^\W_])"

    def _currency_first(self, before: str, after: str) -> re.Pattern[str]:
        scale = self._scale()
        high = rf"(?:{_TO}(?:{before}\s?)?(?P<high>{_DIGITS})(?P<high_scale>{scale})?(?![\w%]))?"
        return _compiled(
            rf"(?<![\w$]){_BETWEEN}(?P<form>{before})\s?(?P<low>{_DIGITS})(?P<low_scale>{scale})?{high}(?:\s?{after}(?!\w))?"
        )

    def _currency_last(self, after: str, after_scale: str) -> re.Pattern[str]:
        number, scale = choice(self.words["number"]), self._scale()
        spelled = rf"(?:(?:an?\s)?{number}(?:(?:\sand\sa)?[\s-]{number})?(?:\shundred)?(?:\sof)?(?:\san?)?|an?)(?=[\s-]{choice(self.words['scale'])})"
        high = rf"(?:{_TO}(?P<high>{_DIGITS})(?P<high_scale>{scale})?)?"
        form = rf"[\s-]*(?P<form>{after})|(?<=n|d|h|e)[\s-]+(?P<scaled_form>{after_scale})"
        return _compiled(
            rf"(?<![\w$€£¥.,])(?<!\d[/⁄]){_BETWEEN}(?P<low>{_DIGITS}|{spelled})(?P<low_scale>{scale})?{high}(?:{form})(?!\w)"
        )

    def _lead(self) -> re.Pattern[str]:
        qualifier, filler = choice(self.words["qualifier"]), choice(self.words["filler"])
        return _compiled(rf"(?<!\w)(?:{filler}\s+)*(?P<qualifier>{qualifier})\s*(?:{filler}\s+)*$")

    def _tail(self) -> re.Pattern[str]:
        after, period = choice(self.words["after"]), choice(self.words["period"])
        return _compiled(rf"(?P<plus>\+)?(?:\s+(?P<after>{after})(?!\w))?(?:\s*(?P<period>{period})(?!\w))?")

    def number(self, written: str) -> Decimal:
        """The number that digits ("2,000,000", "2¾", "3 1/2") or words ("one and a half", "three hundred", "a") spell."""
        if fraction := _FRACTION.search(written):
            whole = written[: fraction.start()]
            return _part(fraction.group().lstrip("-")) + (self.number(whole) if whole else 0)
        if written[0].isdigit():
            return Decimal(re.sub(r"[,\u00a0\u202f]", "", written))
        values = [
            Decimal(self.words["number"][word])
            for word in re.split(r"[\s-]+", written.lower())
            if word in self.words["number"]
        ]
        return (sum(values, Decimal(0)) or Decimal(1)) * (100 if "hundred" in written.lower() else 1)

    def scale(self, written: str | None) -> Decimal | None:
        """What a scale multiplies by ("bn": 1000000000), or None without one."""
        word = key((written or "").strip("+ -\u00a0\u202f"))
        value = self.words["scale"].get(word) or self.words["letter"].get(word)
        return Decimal(value) if value else None


def _part(fraction: str) -> Decimal:
    """The value of "¾", which stands for "3⁄4", or of "3/4"."""
    above, below = re.split("[/⁄]", unicodedata.normalize("NFKC", fraction))
    return Decimal(above) / Decimal(below)


@cache
def money_patterns() -> MoneyPatterns:
    """The patterns of the bundled lexicon, compiled once."""
    return MoneyPatterns()


def key(words: str) -> str:
    """How the tables spell words: lower case, single spaces."""
    return " ".join(words.lower().split())


def choice(forms: Iterable[str]) -> str:
    """A pattern for any of `forms`, the longest first; codes keep their case, or "TRY" would be found in "try 5 times"."""
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    return "(?:" + "|".join(_spaced(form) for form in ordered) + ")"


def _spaced(form: str) -> str:
    pattern = re.escape(form).replace(r"\ ", r"\s+")
    return f"(?-i:{pattern})" if form.isupper() else pattern


def _words_by_kind() -> dict[str, dict[str, str]]:
    kinds: dict[str, dict[str, str]] = {kind: {} for kind in _KINDS}
    for row in read_rows("money_words", ("words", "kind", "value")):
        kinds[one_of(row, "kind", _KINDS, "money_words")][key(row["words"])] = row["value"]
    return kinds


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
