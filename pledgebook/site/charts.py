"""Plots as SVG files, drawn when the site is built: black on white, readable without colour."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import altair as alt
import polars as pl

from pledgebook.site.edition import Edition
from pledgebook.site.pages import Pages

# From the darkest grey to the lightest.
STRENGTHS = {"firm": "#333333", "intended": "#9a9a9a", "conditional": "#e4e4e4"}
SCORES = {"sentence_f1": "sentence", "item_f1": "quote", "right_f1": "all codes right"}


class Chart(NamedTuple):
    """A plot that lies in the site: its size in pixels, and what it shows in words."""

    width: int
    height: int
    words: str


def commitments_by_year(edition: Edition, pages: Pages) -> Chart:
    """Draw `charts/commitments.svg`: commitments by year and strength, routine ones aside."""
    told = edition.counted.filter(~pl.col("routine"))
    counts = (
        told.group_by(pl.col("date").dt.year().alias("year"), "strength").len("commitments").sort("year", "strength")
    )
    counts = counts.with_columns(
        place=pl.col("strength").replace_strict(
            {name: place for place, name in enumerate(STRENGTHS)}, default=len(STRENGTHS)
        )
    )
    chart = (
        alt.Chart(counts, width=600, height=240)
        .mark_bar(stroke="black")
        .encode(
            alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            alt.Y("commitments", title="commitments"),
            alt.Order("place"),
            alt.Color("strength:N")
            .scale(domain=list(STRENGTHS), range=list(STRENGTHS.values()))
            .legend(title=None, orient="bottom"),
        )
    )
    totals = counts.group_by("year").agg(pl.col("commitments").sum()).sort("year")
    words = "; ".join(f"{year}: {number:,}" for year, number in totals.iter_rows())
    return _drawn(chart, pages.path("charts/commitments.svg"), f"Commitments by year: {words}.")


def scores_by_set(record: Mapping[str, Any], pages: Pages) -> Chart | None:
    """Draw `charts/quality.svg`: three scores on each set of coded documents with their intervals; nothing without a measurement."""
    rows = [
        (name, told, measured["figures"][score], *measured["intervals"].get(score, [None, None]))
        for name, measured in record.get("sets", {}).items()
        for score, told in SCORES.items()
        if measured["figures"].get(score) is not None
    ]
    if not rows:
        return None
    scores = pl.DataFrame(rows, schema=["set", "score", "value", "low", "high"], orient="row")
    base = alt.Chart(scores, width=480).encode(alt.Y("set:N", title=None))
    points = base.mark_point(filled=True, size=60, color="black").encode(
        alt.X("value", title="F1", scale=alt.Scale(domain=[0, 1]))
    )
    intervals = base.mark_rule(color="black").encode(alt.X("low", title="F1"), alt.X2("high"))
    chart = alt.layer(intervals, points, data=scores).facet(
        row=alt.Row("score:N", title=None, sort=list(SCORES.values()))
    )
    words = "; ".join(f"{name}, {score}: {value}" for name, score, value, *_ in rows)
    return _drawn(chart, pages.path("charts/quality.svg"), f"F1 scores: {words}.")


def _drawn(chart: alt.TopLevelMixin, path: Path, words: str) -> Chart:
    chart.save(path, format="svg")
    svg = ElementTree.parse(path).getroot()
    return Chart(round(float(svg.attrib["width"])), round(float(svg.attrib["height"])), words)
