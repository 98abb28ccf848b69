"""Invented documents for the tests of extraction, and a short way from a text to its coded rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from pledgebook.extraction import extract

DAY = date(2021, 6, 8)


def coded(
    text: str,
    *,
    title: str = "Readout of the President’s Call with the Prime Minister of Norway",
    issuer: str = "USA",
    participants: tuple[str, ...] = ("USA", "NOR"),
    day: date = DAY,
) -> list[dict[str, Any]]:
    """The rows found in one invented document."""
    readout = pl.DataFrame(
        {
            "readout_id": ["r-0000000000000000"],
            "title": [title],
            "text": [text],
            "date": [day],
            "issuer": [issuer],
            "participants": [list(participants)],
            "document_type": ["readout"],
        }
    )
    return extract(readout).to_dicts()


def quotes(text: str, **about: Any) -> list[str]:
    """The quotes found in one invented document."""
    return [row["quote"] for row in coded(text, **about)]
