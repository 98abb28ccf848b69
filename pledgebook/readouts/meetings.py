"""Statements about one meeting: the same parties, dates at most a day apart, whoever published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import polars as pl

from pledgebook.readouts.identifiers import identifier

_DAY = timedelta(days=1)


def assign_meetings(readouts: pl.DataFrame) -> pl.DataFrame:
    """The readouts with meeting_id filled where at least two parties met; inferred from parties and dates alone.

    Dates of one set of parties at most a day after the first of them are one meeting; its id is made of the parties and the first date.
    """
    met = pl.col("document_type").is_in(["readout", "joint_statement"]) & (pl.col("participants").list.len() >= 2)
    marked = readouts.select("date", _parties=pl.col("participants").list.sort().list.join(" "), _met=met)
    dates = marked.filter("_met").select("_parties", "date").unique().sort("_parties", "date")
    ids = pl.Series("_id", list(_meetings(dates)), dtype=pl.String)
    joined = marked.join(dates.with_columns(ids), on=["_parties", "date"], how="left", maintain_order="left")
    return readouts.with_columns(joined.select(meeting_id=pl.when("_met").then("_id"))["meeting_id"])


def _meetings(dates: pl.DataFrame) -> Iterator[str]:
    """The identifier of the meeting of each set of parties on each date; both sorted."""
    last, first = "", date.min
    for parties, day in dates.iter_rows():
        if parties != last or day - first > _DAY:
            last, first = parties, day
        yield identifier("m", f"{parties} {first}")
