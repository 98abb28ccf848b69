"""Whether the words around a sum tell that others than the issuer pay it: it raises the money, or private hands promise it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class _Patterns(NamedTuple):
    raised: re.Pattern[str]
    payer: re.Pattern[str]


def paid_by_others(quote: str, amount_text: str) -> bool:
    """Return whether the quote tells so of its sum; the words are data, in `others_money.toml`."""
    before, patterns = quote.partition(amount_text)[0], _patterns()
    return bool(patterns.raised.search(before) or patterns.payer.search(before))


@cache
def _patterns() -> _Patterns:
    words = tomllib.loads((files(__package__) / "others_money.toml").read_text("utf-8"))
    raising, payers, paying = (
        "|".join(re.escape(word) for word in words[name]) for name in ("raising", "payers", "paying")
    )
    between = rf"(?:\W+[\w'’-]+){{0,{words['words_between']}}}\W*"
    return _Patterns(
        re.compile(rf"\b(?:{raising})\b{between}$", re.IGNORECASE),
        re.compile(rf"\b(?:{payers})\s+(?:{paying})\b", re.IGNORECASE),
    )
