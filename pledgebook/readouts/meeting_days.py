"""The day of the meeting, where the opening states it: "met yesterday", "spoke today", "on May 21"."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_VERB = r"(?:met|spoke|speaks|held|hosted|welcomed|convened|talked|called|joined|gathered|visited)"
_RELATIVE = re.compile(
    rf"\b{_VERB}\b[^.;]{{0,160}}?\b(today|yesterday|this (?:morning|afternoon|evening))\b|\b(today|yesterday|this (?:morning|afternoon|evening)),[^.;]{{0,160}}?\b{_VERB}\b",
    re.I,
)
_DATED = re.compile(rf"\b(?:{_VERB}\b[^.;]{{0,160}}?\bon|^On) ({'|'.join(_MONTHS)}) (\d{{1,2}})(?:, (\d{{4}}))?\b")
_FARTHEST = timedelta(days=31)


def meeting_day(opening: str, published: date) -> date | None:
    """The stated day of the meeting, at most a month before publication, or None."""
    if dated := _DATED.search(opening):
        return _stated(dated, published)
    relative = _RELATIVE.search(opening)
    if relative is None:
        return None
    word = (relative.group(1) or relative.group(2)).lower()
    return published - timedelta(days=1) if word == "yesterday" else published


def _stated(match: re.Match[str], published: date) -> date | None:
    month, day, year = _MONTHS.index(match.group(1)) + 1, int(match.group(2)), match.group(3)
    for guess in [int(year)] if year else [published.year, published.year - 1]:
        try:
            stated = date(guess, month, day)
        except ValueError:
            return None
        if timedelta() <= published - stated <= _FARTHEST:
            return stated
    return None
