"""Which statements are about one meeting, and which copy of a text stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from pledgebook.readouts import assign_meetings, empty_readouts, merge_readouts


def table(*rows: dict[str, Any]) -> pl.DataFrame:
    usual = {
        "document_type": "readout",
        "participants": ["USA", "NOR"],
        "text_origin": "official",
        "alternate_urls": [],
    }
    return pl.DataFrame([usual | row for row in rows], schema=empty_readouts().schema, orient="row")


def test_dates_a_day_apart_are_one_meeting_and_daily_meetings_do_not_chain() -> None:
    days = [date(2021, 6, day) for day in (5, 6, 7, 8)]
    readouts = table(*({"readout_id": f"r-{day.day}", "date": day} for day in days))
    first, second, third, fourth = assign_meetings(readouts)["meeting_id"]
    assert first == second and third == fourth and first != third


def test_of_two_copies_of_a_text_the_one_with_an_address_stays() -> None:
    page = {"readout_id": "r-page", "url": "https://example.org/call", "text_sha256": "a", "date": date(2021, 6, 9)}
    copy = {"readout_id": "r-copy", "url": None, "text_sha256": "a", "date": date(2021, 6, 8)}
    (kept,) = merge_readouts(table(copy, page), ()).to_dicts()
    assert (kept["readout_id"], kept["url"], kept["alternate_urls"]) == ("r-page", "https://example.org/call", [])
