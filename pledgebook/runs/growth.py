"""A plot of the book: documents and commitments, month by month."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any

import polars as pl

from pledgebook.releases.places.place import Place
from pledgebook.releases.places.published import read_table

_WIDTH, _HEIGHT, _INK = 640, 180, "black"


def growth_chart(place: Place, version: str) -> str:
    """Markdown that holds the plot of a version as an image, for places that show Markdown and nothing else."""
    image = BytesIO()
    chart(monthly(read_table(place, "readouts", version))).save(image, format="png")
    return f"![Documents and commitments by month](data:image/png;base64,{base64.b64encode(image.getvalue()).decode()})"


def monthly(readouts: pl.DataFrame) -> pl.DataFrame:
    """Documents and commitments of each month: month, documents, commitments."""
    month = pl.col("date").dt.truncate("1mo").alias("month")
    counts = readouts.group_by(month).agg(documents=pl.len(), commitments=pl.col("n_commitments").sum())
    return counts.sort("month")


def chart(months: pl.DataFrame) -> Any:
    """An Altair chart: the two counts below each other, each with an axis of its own."""
    # Takes long to load, and a run that publishes nothing draws nothing.
    import altair as alt

    bars = alt.Chart(months, width=_WIDTH, height=_HEIGHT).mark_bar(color=_INK)
    return alt.vconcat(
        *(bars.encode(alt.X("yearmonth(month):T", title="month"), alt.Y(f"{name}:Q")) for name in months.columns[1:])
    )
