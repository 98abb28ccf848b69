"""Statements about one meeting: the same parties, dates at most a day apart, whoever published."""

from __future__ import annotations

import polars as pl

from pledgebook.readouts.identifiers import identifier

_DAY = pl.duration(days=1)


def assign_meetings(readouts: pl.DataFrame) -> pl.DataFrame:
    """The readouts with meeting_id filled where at least two parties met; inferred from parties and dates alone.

    Dates of one set of parties that follow each other by at most a day are one meeting; its id is made of the parties and the first date.
    """
    met = pl.col("document_type").is_in(["readout", "joint_statement"]) & (pl.col("participants").list.len() >= 2)
    marked = readouts.with_columns(_parties=pl.col("participants").list.sort().list.join(" "), _met=met)
    chains = (
        marked.filter("_met")
        .select("_parties", "date")
        .unique()
        .sort("_parties", "date")
        .with_columns(_begins=(pl.col("date") - pl.col("date").shift(1).over("_parties") > _DAY).fill_null(True))
        .with_columns(_first=pl.when("_begins").then("date").forward_fill().over("_parties"))
        .with_columns(_id=pl.format("{} {}", "_parties", "_first").map_elements(_meeting, return_dtype=pl.String))
    )
    joined = marked.join(
        chains.select("_parties", "date", "_id"), on=["_parties", "date"], how="left", maintain_order="left"
    )
    return joined.with_columns(meeting_id=pl.when("_met").then("_id")).drop("_parties", "_met", "_id")


def _meeting(name: str) -> str:
    return identifier("m", name)
