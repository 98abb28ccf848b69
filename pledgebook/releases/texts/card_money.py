"""The sections of the data card on money, and on what empty and `new` mean."""

from __future__ import annotations

import polars as pl

from pledgebook.releases.frames import Tables
from pledgebook.releases.texts.card_text import Cell, named, passage, share, span, table

DEMONSTRATION = "In a demonstration no amount may be added up."
HEAD = ["currency", "kind", "rows", "sum of `amount`", "of which ceilings (`up_to`)", "largest row"]


def money(official: Tables, *, demonstration: bool) -> str:
    """Return the section on what may be added up, with the sums."""
    return passage("money", figures=DEMONSTRATION if demonstration else sums(official["commitments"]))


def sums(commitments: pl.DataFrame) -> str:
    """Return the sums by currency and kind, over the rows that may be added up."""
    stated = commitments.filter(pl.col("amount").is_not_null())
    rows = stated.filter("amount_summable")
    told = f"Rows that state money: {stated.height:,}; of these may be added up: {rows.height:,}."
    if rows.is_empty():
        return told
    ceilings = pl.col("amount").filter(pl.col("amount_qualifier") == "up_to").sum()
    groups = rows.group_by("currency", "amount_kind").agg(
        pl.len(), pl.col("amount").sum(), ceilings.alias("ceilings"), pl.col("amount").max().alias("largest")
    )
    lines: list[list[Cell]] = [
        [currency, named("amount_kinds", kind), *figures]
        for currency, kind, *figures in groups.sort("currency", "amount_kind").iter_rows()
    ]
    return f"{told} Their statements are of {span(rows['date'])}.\n\n{table(HEAD, lines)}"


def empty_and_new(official: Tables, *, demonstration: bool) -> str:
    """Return the section on what an empty cell and `new` mean, with how often they occur."""
    rows = official["commitments"]
    if demonstration or rows.is_empty():
        return passage("empty")
    cases = {
        "`recipients` empty": pl.col("recipients").list.len() == 0,
        "`novelty` = `new`": pl.col("novelty") == "new",
        "`routine`": pl.col("routine"),
        "`attribution` = `counterpart` or `third_party`": pl.col("attribution").is_in(["counterpart", "third_party"]),
        "`amount` given": pl.col("amount").is_not_null(),
        "`due_text` given": pl.col("due_text").is_not_null(),
    }
    numbers = {name: rows.filter(case).height for name, case in cases.items()}
    lines: list[list[Cell]] = [[name, number, share(number, rows.height)] for name, number in numbers.items()]
    return passage("empty") + "\n" + table(["commitments with", "rows", "share"], lines) + "\n"
