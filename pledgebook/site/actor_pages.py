"""A page for each country and organisation: promised by it, promised to it, with whom, over time, and money."""

from __future__ import annotations

from typing import Any

import polars as pl

from pledgebook.site.edition import Edition
from pledgebook.site.pages import Pages

NEWEST, OTHERS, LARGEST = 10, 15, 5
TOGETHER = "Of these, together with others"
# What is told of an actor: title, the column it stands in, the column of the others, and how these are headed.
SECTIONS = [
    ("Promised by", "actors", "recipients", "To whom most often"),
    (TOGETHER, "actors", "actors", "With whom most often"),
    ("Promised to", "recipients", "actors", "By whom most often"),
    ("Against, or about", "targets", "actors", "By whom most often"),
]
SHOWN = ["commitment_id", "date", "readout_id", "char_start", "quote", "actors", "recipients", "targets", "strength"]
MONEY = ["amount", "currency", "amount_summable"]


def write_actors(edition: Edition, pages: Pages) -> None:
    """Write `actors/` and `actors/<code>/` of everybody whom a commitment names, be it of a sample."""
    told = edition.counted.filter(~pl.col("routine")).select(*SHOWN, *MONEY)
    parts = {column: _by_code(told, column) for column in ("actors", "recipients", "targets")}
    names = edition.names["actors"]
    rows = [
        {"code": code, "name": names.get(code, code)}
        | {
            key: parts[column][code].height if code in parts[column] else 0
            for key, column in (("by", "actors"), ("to", "recipients"), ("about", "targets"))
        }
        for code in edition.named_actors
    ]
    pages.write("actors", "actors.html", rows=sorted(rows, key=lambda row: str(row["name"])))
    for code in edition.named_actors:
        sections = [
            (title, _section(_of(parts[column].get(code, told.clear()), title), code, others, caption))
            for title, column, others, caption in SECTIONS
        ]
        pages.write(f"actors/{code}", "actor.html", code=code, sections=sections)


def _by_code(rows: pl.DataFrame, column: str) -> dict[str, pl.DataFrame]:
    """The commitments that name each code in a column."""
    places = rows.select(column).with_row_index().explode(column).drop_nulls().group_by(column).agg("index")
    return {code: rows[indexes] for code, indexes in places.iter_rows()}


def _of(rows: pl.DataFrame, title: str) -> pl.DataFrame:
    """The commitments of a section: for those made together, the ones with several actors."""
    return rows.filter(pl.col("actors").list.len() > 1) if title == TOGETHER else rows


def _section(rows: pl.DataFrame, code: str, others: str, caption: str) -> dict[str, Any]:
    """What a page tells of some commitments of an actor."""
    partners = rows.select("commitment_id", other=others).explode("other").filter(pl.col("other") != code)
    most = (
        partners.group_by("other")
        .agg(pl.col("commitment_id").n_unique())
        .sort("commitment_id", "other", descending=[True, False])
    )
    newest = rows.sort("date", "readout_id", "char_start", descending=[True, False, False]).head(NEWEST)
    return {
        "years": _years(rows),
        "others": list(most.head(OTHERS).iter_rows()),
        "caption": caption,
        "money": list(_largest(rows).iter_rows(named=True)),
        "newest": list(newest.iter_rows(named=True)),
    }


def _years(rows: pl.DataFrame) -> list[dict[str, int]]:
    """Commitments by year of the statement: name (the year), whole, part (the firm ones)."""
    firm = (pl.col("strength") == "firm").sum()
    counted = rows.group_by(name=pl.col("date").dt.year()).agg(whole=pl.len(), part=firm)
    return list(counted.sort("name").iter_rows(named=True))


def _largest(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the most money in each currency, which are not compared with each other."""
    told = rows.filter(pl.col("amount").is_not_null()).sort("amount", "commitment_id", descending=[True, False])
    return told.group_by("currency", maintain_order=True).head(LARGEST).sort("currency", maintain_order=True)
