"""The number of a version, computed from what differs and never typed in.

MAJOR when a column goes or changes its type, when the schema says that a meaning changed (its first number rises), or
when the codebook changes the unit or a value's meaning (its first number rises). MINOR when columns or rows come, or
rows go. PATCH when existing rows were corrected. A place that holds samples alone is a demonstration: its versions
start with 0, and what would be MAJOR is MINOR there. The first version with official text is 1.0.0.
"""

from __future__ import annotations

import polars as pl

from pledgebook.releases.book.difference import EVERY_ROW

FIRST_DEMONSTRATION = "0.1.0"
FIRST_RELEASE = "1.0.0"

Numbers = tuple[int, int, int]


def numbers(version: str) -> Numbers:
    """Return the three numbers of a version, by which versions are ordered."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def next_version(
    previous: str | None,
    differences: pl.DataFrame,
    *,
    official: bool,
    meaning_changed: bool,
) -> str | None:
    """Return the number of the next version, or None when nothing differs.

    `official` tells whether the book holds official text; `meaning_changed` whether the first number of the schema's
    or the codebook's version rose.
    """
    if differences.is_empty() and not meaning_changed:
        return None
    if previous is None:
        return FIRST_RELEASE if official else FIRST_DEMONSTRATION
    major, minor, patch = numbers(previous)
    if major == 0 and official:
        return FIRST_RELEASE
    step = size(differences, meaning_changed=meaning_changed)
    if step == "major" and major > 0:
        return f"{major + 1}.0.0"
    return f"{major}.{minor}.{patch + 1}" if step == "patch" else f"{major}.{minor + 1}.0"


def size(differences: pl.DataFrame, *, meaning_changed: bool) -> str:
    """Return how much differs: major, minor or patch."""
    shape = differences.filter(pl.col("row_id") == EVERY_ROW)["change"].unique().to_list()
    rows = differences.filter(pl.col("row_id") != EVERY_ROW)["change"].unique().to_list()
    if meaning_changed or "removed" in shape or "changed" in shape:
        return "major"
    return "minor" if "added" in shape or "added" in rows or "removed" in rows else "patch"


def same_first_number(before: str, now: str) -> bool:
    """Tell whether two versions of schema or codebook agree in their first number."""
    return before.split(".")[0] == now.split(".")[0]
