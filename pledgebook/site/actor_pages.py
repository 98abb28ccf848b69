"""A page for each country and organisation: promised by it, promised to it, with whom, over time, and money."""

from __future__ import annotations

from typing import Any

import polars as pl

from pledgebook.site.edition import Edition
from pledgebook.site.pages import Pages

NEWEST, OTHERS = 10, 15
# What is told of an actor: title, the column it stands in, the column of the others, and how these are headed.
SECTIONS = [
    ("Promised by", "actors", "recipients", "To whom most often"),
    ("Promised together with others", "actors", "actors", "With whom most often"),
    ("Promised to", "recipients", "actors", "By whom most often"),
    ("Against, or about", "targets", "actors", "By whom most often"),
]
SHOWN = ["commitment_id", "date", "readout_id", "char_start", "quote", "actors", "recipients", "targets", "strength"]
MONEY = ["amount", "currency", "amount_summable"]


def write_actors(edition: Edition, pages: Pages) -> None:
    """Write `actors/` and `actors/<code>/` of everybody whom a commitment names, be it of a sample."""
    told = edition.counted.filter(~pl.col("routine")).select(*SHOWN, *MONEY)
    parts = {column: _by_code(told, column) for column in ("actors", "recipients", "targets")}
    sides = edition.commitments.select(every=pl.concat_list("actors", "recipients", "targets")).explode("every")
    issuers = edition.readouts.select(every="issuer")
    codes = pl.concat([sides, issuers]).drop_nulls()["every"].unique().sort().to_list()
    names = edition.names["actors"]
    rows = [
        {"code": code, "name": names.get(code, code)}
        | {
            key: parts[column][code].height if code in parts[column] else 0
            for key, column in (("by", "actors"), ("to", "recipients"), ("about", "targets"))
        }
        for code in codes
    ]
    pages.write("actors", "actors.html", rows=sorted(rows, key=lambda row: str(row["name"])))
    for code in codes:
        sections = [
            (title, _section(parts[column].get(code, told.clear()), code, others, caption))
            for title, column, others, caption in SECTIONS
        ]
        pages.write(f"actors/{code}", "actor.html", code=code, sections=sections)


def _by_code(rows: pl.DataFrame, column: str) -> dict[str, pl.DataFrame]:
    """The commitments that name each code in a column."""
    places = rows.select(column).with_row_index().explode(column).drop_nulls().group_by(column).agg("index")
    return {code: rows[indexes] for code, indexes in places.iter_rows()}


def _section(rows: pl.DataFrame, code: str, others: str, caption: str) -> dict[str, Any]:
    """What a page tells of some commitments of an actor."""
    partners = rows.select("commitment_id", other=others).explode("other").filter(pl.col("other") != code)
    if others == "actors":
        rows = rows.join(partners, on="commitment_id", how="semi", maintain_order="left")
    most = (
        partners.group_by("other")
        .agg(pl.col("commitment_id").n_unique())
        .sort("commitment_id", "other", descending=[True, False])
    )
    newest = rows.sort("date", "readout_id", "char_start", descending=[True, False, False]).head(NEWEST)
    return {
        "years": years(rows),
        "others": list(most.head(OTHERS).iter_rows()),
        "caption": caption,
        "money": list(_money(rows).iter_rows()),
        "newest": list(newest.iter_rows(named=True)),
    }


def years(rows: pl.DataFrame) -> list[dict[str, int]]:
    """Commitments by year of the statement: name (the year), whole, part (the firm ones)."""
    firm = (pl.col("strength") == "firm").sum()
    counted = rows.group_by(name=pl.col("date").dt.year()).agg(whole=pl.len(), part=firm)
    return list(counted.sort("name").iter_rows(named=True))


def _money(rows: pl.DataFrame) -> pl.DataFrame:
    summable = rows.filter("amount_summable")
    grouped = summable.group_by(pl.col("date").dt.year().alias("year"), "currency")
    return grouped.agg(pl.col("amount").sum(), rows=pl.len()).sort("year", "currency")
