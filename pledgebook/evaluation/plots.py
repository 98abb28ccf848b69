"""Two plots of a scored set: precision against recall, and confidence against the share of rows that matched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import altair as alt
import polars as pl

from pledgebook.evaluation.confidence import bins, curve
from pledgebook.evaluation.scores import Matched

_SIZE = 320
_INK = "black"


def write_plots(name: str, matched: Matched, folder: Path) -> None:
    """Write `<name>-precision-recall.svg` and `<name>-calibration.svg` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    precision_recall(name, matched).save(folder / f"{name}-precision-recall.svg")
    calibration(name, matched).save(folder / f"{name}-calibration.svg")


def precision_recall(name: str, matched: Matched) -> Any:
    """An Altair chart: a line over the thresholds of confidence."""
    points = pl.DataFrame(curve(matched))
    dots = alt.OverlayMarkDef(color=_INK, size=18)
    line = _chart(points, f"{name}: precision and recall of rows by least confidence").mark_line(color=_INK, point=dots)
    return line.encode(_axis("recall", alt.X), _axis("precision", alt.Y), order="threshold:Q")


def calibration(name: str, matched: Matched) -> Any:
    """An Altair chart: points sized by their rows beside the line of perfect calibration."""
    parts = pl.DataFrame(bins(matched))
    perfect = pl.DataFrame({"confidence": [0.0, 1.0], "matched": [0.0, 1.0]})
    line = alt.Chart(perfect).mark_line(strokeDash=[4, 4], color="gray")
    points = _chart(parts, f"{name}: confidence and share of rows that a reader has too").mark_point(
        color=_INK, filled=True
    )
    axes = (_axis("confidence", alt.X), _axis("matched", alt.Y))
    return alt.layer(line.encode(*axes), points.encode(*axes, size=alt.Size("rows:Q")))


def _chart(table: pl.DataFrame, title: str) -> Any:
    return alt.Chart(table, title=title, width=_SIZE, height=_SIZE)


def _axis(name: str, channel: Any) -> Any:
    return channel(f"{name}:Q", scale=alt.Scale(domain=[0, 1]))
