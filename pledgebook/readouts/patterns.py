"""Codes read from titles and opening sentences by patterns that are data: one CSV beside this module for each column."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_ANY_ISSUER = "*"


@cache
def patterns(name: str) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """The rows of `<name>.csv` in their order, each with its pattern compiled.

    Case counts in `issuer_levels` and `party_phrases`, where a capital tells an office or a name from a common word.
    """
    flags = re.NOFLAG if name in ("issuer_levels", "party_phrases") else re.IGNORECASE
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple((re.compile(row["pattern"], flags), row) for row in csv.DictReader(file))


def code_of(name: str, title: str, opening: str) -> str | None:
    """The code of the first row whose pattern stands in the part that the row names (`title` or `opening`), or None."""
    parts = {"title": title, "opening": opening}
    return next((row["code"] for pattern, row in patterns(name) if pattern.search(parts[row["where"]])), None)


def names(name: str, code: str, title: str) -> bool:
    """Whether the title alone bears a pattern of that code, whatever rows stand before it."""
    return any(
        row["code"] == code and row["where"] == "title" and pattern.search(title) for pattern, row in patterns(name)
    )


@cache
def phrases(role: str) -> re.Pattern[str]:
    """The phrases of a role of `party_phrases` as one pattern."""
    return re.compile("|".join(pattern.pattern for pattern, row in patterns("party_phrases") if row["role"] == role))


def level_of(issuer: str, *parts: str) -> str | None:
    """The highest office named on the issuer's side, in the first of `parts` that names one.

    Rows of `issuer_levels` stand in order of rank; a row without code strikes out words that only look like an office.
    """
    for part in parts:
        met = phrases("counterpart").search(part)
        own_side = part[: met.start()] if met else part
        for pattern, row in patterns("issuer_levels"):
            if row["issuer"] not in (issuer, _ANY_ISSUER):
                continue
            if not row["code"]:
                own_side = pattern.sub("", own_side)
            elif pattern.search(own_side):
                return row["code"]
    return None
