from __future__ import annotations

from datetime import date

import pytest

from pledgebook.readouts.meeting_days import meeting_day

PUBLISHED = date(2023, 1, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("The President spoke today with the King.", "2023-01-04"),
        ("Today, the President met with the King.", "2023-01-04"),
        ("The President met the King this morning in Norland.", "2023-01-04"),
        ("Yesterday, the Minister hosted the King.", "2023-01-03"),
        ("The Minister met with the King yesterday.", "2023-01-03"),
        ("On December 30, the Minister met with the King.", "2022-12-30"),
        ("The Minister met on January 2, 2023, with the King.", "2023-01-02"),
        ("The Minister met with the King on 2 January 2023.", "2023-01-02"),
        ("The Minister met on Monday with the King.", "2023-01-02"),
        ("On Wednesday, January 4, the Minister met the King.", "2023-01-04"),
    ],
)
def test_the_day_of_the_meeting(opening: str, day: str) -> None:
    assert meeting_day(opening, PUBLISHED) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "opening",
    [
        "The Minister spoke with the King.",
        "The Minister spoke with the King to follow up on their January 2 meeting.",
        "The Minister met the King on February 30.",
        "The Minister met the King on January 2, 2019.",
        "On January 9, the Minister met the King.",
        "The King is a friend today.",
    ],
)
def test_no_day_is_made_up(opening: str) -> None:
    assert meeting_day(opening, PUBLISHED) is None
