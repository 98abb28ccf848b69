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
_MONTH = "|".join(_MONTHS)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TODAY = r"today|yesterday|this (?:morning|afternoon|evening)|earlier today"
_VERB = r"(?:met|spoke|held|hosted|welcomed|convened|co-hosted|talked|called|joined|gathered|visited|had a)"
# The verb and its day belong together when no other verb of speech, and no "to follow up on their", stands between them.
_GAP = r"(?:(?!\b(?:to|and (?:discussed|followed)|ahead of|following|since|after|before|their)\b)[^;]){0,200}?"
_AFTER = re.compile(
    rf"\b{_VERB}\b(?P<gap>{_GAP})\b(?P<day>{_TODAY}|{'|'.join(_WEEKDAYS)}|(?:{_MONTH}) \d{{1,2}}|\d{{1,2}} (?:{_MONTH}))(?:,? (?P<year>\d{{4}}))?"
)
_BEFORE = re.compile(
    rf"^(?:On )?(?:(?:{'|'.join(_WEEKDAYS)}), )?(?P<day>{_TODAY}|(?:{_MONTH}) \d{{1,2}}|\d{{1,2}} (?:{_MONTH}))(?:,? (?P<year>\d{{4}}))?,?\s.{{0,250}}?\b{_VERB}\b",
    re.IGNORECASE,
)
_FARTHEST = timedelta(days=31)


def meeting_day(opening: str, published: date) -> date | None:
    """The stated day of the meeting, at most a month before publication, or None; `opening` is the first sentence."""
    stated = _BEFORE.search(opening) or _AFTER.search(opening)
    if stated is None:
        return None
    words = stated["day"].capitalize() if stated["day"].islower() else stated["day"]
    if words in _WEEKDAYS:
        return published - timedelta(days=(published.weekday() - _WEEKDAYS.index(words)) % 7)
    if words[0].isdigit() or words.split()[0] in _MONTHS:
        return _in_calendar(words, stated["year"], published)
    return published - timedelta(days=1) if words == "Yesterday" else published


def _in_calendar(words: str, year: str | None, published: date) -> date | None:
    month = next(number for number, name in enumerate(_MONTHS, start=1) if name in words)
    number = int(re.sub(r"\D", "", words))
    for guess in [int(year)] if year else [published.year, published.year - 1]:
        try:
            stated = date(guess, month, number)
        except ValueError:
            return None
        if timedelta() <= published - stated <= _FARTHEST:
            return stated
    return None
