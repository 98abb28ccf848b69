"""The day of the meeting, where the opening states it: "met yesterday", "spoke today", "on May 21".

The words are data: `day_words.csv` (kind, pattern, value, why).
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

from pledgebook.readouts.patterns import patterns

_FARTHEST = timedelta(days=31)


def meeting_day(opening: str, published: date) -> date | None:
    """The stated day of the meeting, at most a month before publication, or None; `opening` is the first sentence."""
    stated = _stated(opening)
    if stated is None:
        return None
    words = stated["day"].lower()
    with suppress(OverflowError):  # the calendar has a first day
        if words in _values("relative"):
            return published + timedelta(days=_values("relative")[words])
        if words in _values("weekday"):
            return published - timedelta(days=(published.weekday() - _values("weekday")[words]) % 7)
        return _near(words, stated["year"], published)
    return None


def calendar_day(opening: str, near: date | None) -> date | None:
    """The day of the meeting where the opening states it as a date, whenever that was published, or None.

    A date without year is at most a month before `near`, and none where `near` is None.
    """
    stated = _stated(opening)
    if stated is None or not any(map(str.isdigit, stated["day"])):
        return None
    if stated["year"]:
        return _date(stated["day"].lower(), int(stated["year"]))
    return meeting_day(opening, near) if near else None


def _stated(opening: str) -> re.Match[str] | None:
    before, after = _sentences()
    return before.search(opening) or after.search(opening)


def _near(words: str, year: str | None, published: date) -> date | None:
    for guess in [int(year)] if year else [published.year, published.year - 1]:
        stated = _date(words, guess)
        if stated and timedelta() <= published - stated <= _FARTHEST:
            return stated
    return None


def _date(words: str, year: int) -> date | None:
    month = next(number for name, number in _values("month").items() if name in words)
    with suppress(ValueError):
        return date(year, month, int(re.sub(r"\D", "", words)))
    return None


@cache
def _values(kind: str) -> dict[str, int]:
    return {row["pattern"].lower(): int(row["value"]) for _, row in patterns("day_words") if row["kind"] == kind}


@cache
def _sentences() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Openings that state the day before the deed, and those that state it after."""
    verb, month, weekday, relative = map(_any_of, ("verb", "month", "weekday", "relative"))
    date_of_year = rf"{month} \d{{1,2}}|\d{{1,2}} {month}"
    year = r"(?:,? (?P<year>\d{4}))?"
    # The verb and its day belong together when nothing between them tells of another deed.
    gap = rf"(?:(?!\b{_any_of('parting')}\b)[^;]){{0,200}}?"
    before = rf"^(?:On )?(?:{weekday}, )?(?P<day>{relative}|{date_of_year}){year},?\s.{{0,250}}?\b{verb}\b"
    after = rf"\b{verb}\b{gap}\b(?P<day>{relative}|{weekday}|{date_of_year}){year}"
    return re.compile(before, re.IGNORECASE), re.compile(after)


def _any_of(kind: str) -> str:
    return f"(?:{'|'.join(row['pattern'] for _, row in patterns('day_words') if row['kind'] == kind)})"
