"""The pieces that every section of the data card is made of: texts kept in `card/`, and Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from importlib.resources import files

import polars as pl

from schemas import codelists

Cell = str | int | Decimal


def passage(name: str, **values: object) -> str:
    """Return the text `card/<name>.md` with its fields filled in."""
    return (files(__package__) / "card" / f"{name}.md").read_text("utf-8").format(**values)


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a Markdown table; further columns with a heading are set to the right when their first cell begins with a digit."""
    lines = [list(row) for row in rows]
    first = lines[0] if lines else [""] * len(head)
    numbers = [bool(name) and str(cell)[:1].isdigit() for name, cell in zip(head, first, strict=True)]
    marks = ["---", *("---:" if number else "---" for number in numbers[1:])]
    return "\n".join(f"| {' | '.join(map(spelled, line))} |" for line in [head, marks, *lines])


def spelled(cell: Cell) -> str:
    """Return a cell as it is read: thousands parted, no cents where there are none."""
    if isinstance(cell, Decimal):
        return f"{cell:,.2f}".removesuffix(".00")
    return f"{cell:,}" if isinstance(cell, int) else cell


def share(part: int, whole: int) -> str:
    """Return a share in per cent."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def span(days: pl.Series) -> str:
    """Return the first and the last day."""
    return " to ".join(str(day) for day in (days.min(), days.max())) if days.len() else "none"


def named(codelist: str, code: str) -> str:
    """Return a code with its name; both stand in the card since people filter by the code."""
    names = dict(codelists.table(codelist).select("code", "name").iter_rows())
    return f"{names[code]} (`{code}`)" if code in names else f"`{code}`"
