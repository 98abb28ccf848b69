"""Codes read from titles and opening paragraphs by patterns that are data: one CSV beside this module for each column."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def patterns(name: str) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """The rows of `<name>.csv` in their order, each with its pattern compiled; the case of letters counts in `issuer_levels` only."""
    flags = re.NOFLAG if name == "issuer_levels" else re.IGNORECASE
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple((re.compile(row["pattern"], flags), row) for row in csv.DictReader(file))


def code_of(name: str, title: str, opening: str) -> str | None:
    """The code of the first row whose pattern stands in the part that the row names (`title` or `opening`), or None."""
    parts = {"title": title, "opening": opening}
    return next((row["code"] for pattern, row in patterns(name) if pattern.search(parts[row["where"]])), None)


def level_of(issuer: str, title: str, opening: str) -> str | None:
    """Highest office named on the issuer's side, in the title if there, else in the opening; rows stand in order of preference."""
    for part in (title, opening):
        for pattern, row in patterns("issuer_levels"):
            if row["issuer"] == issuer and pattern.search(part):
                return row["code"]
    return None
