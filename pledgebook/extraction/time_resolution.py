"""Calendar expressions to first and last day, seen from the day of the readout.

Seasons are those of the northern hemisphere, by whole months; a month, season or day without a year is the next one to
come, unless it has passed within the last `_RECENT_MONTHS` months, when the text more likely looks back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
NUMBERS = {
    word: number
    for number, words in enumerate(
        ("", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        start=0,
    )
    for word in words.split()
} | {"fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-four": 24, "thirty": 30, "sixty": 60, "ninety": 90}
_RECENT_MONTHS = 4
_PRECISIONS = {"day": "day", "week": "day", "month": "month", "quarter": "quarter", "year": "year", "decade": "year"}


@dataclass(frozen=True)
class Period:
    """First and last day of a stretch of time, and how exactly the text gave it (day, month, quarter, year)."""

    first: date
    last: date
    precision: str


def month_period(year: int, month: int, months: int = 1, precision: str = "month") -> Period:
    """Whole months from the first day of `month`."""
    first = date(year, month, 1)
    return Period(first, first + relativedelta(months=months) - timedelta(days=1), precision)


def year_period(first: int, last: int | None = None) -> Period:
    """Whole years."""
    return Period(date(first, 1, 1), date(last or first, 12, 31), "year")


def add(on: date, number: int, unit: str) -> Period:
    """From `on` to so many units later; the precision is the unit's."""
    unit = unit.rstrip("s")
    steps = {"decade": ("years", 10), "quarter": ("months", 3)}
    name, factor = steps.get(unit, (f"{unit}s", 1))
    return Period(on, on + relativedelta(**{name: number * factor}), _PRECISIONS[unit])  # type: ignore[arg-type]


def calendar_period(words: str, on: date) -> Period | None:
    """The period that a date expression without a preposition names ("June 12, 2023", "early 2026", "later this year").

    None when it names none, or one that has passed.
    """
    words = re.sub(r"\s+", " ", words.lower().replace("–", "-").replace("‑", "-").replace("—", "-").replace("’", "'"))
    for pattern, resolve in _RESOLVERS:
        if match := pattern.search(words):
            try:
                return resolve(match, on)
            except (ValueError, OverflowError):  # "June 31"
                return None
    return None


def _day(match: re.Match[str], on: date) -> Period | None:
    month = MONTHS.index(match["month"]) + 1
    year = int(match["year"]) if match["year"] else _year_of(on, month, int(match["day"]))
    if year is None:
        return None
    return Period(date(year, month, int(match["day"])), date(year, month, int(match["last"] or match["day"])), "day")


def _days(match: re.Match[str], on: date) -> Period | None:
    """Days of two months: "February 25 to March 3, 2025"; without a year the first to come."""
    first, last = (MONTHS.index(match[name]) + 1 for name in ("month", "until"))
    year = int(match["year"]) if match["year"] else _year_of(on, first, int(match["day"]))
    if year is None:
        return None
    return Period(date(year, first, int(match["day"])), date(year + (last < first), last, int(match["last"])), "day")


def _month(match: re.Match[str], on: date) -> Period | None:
    month = MONTHS.index(match["month"]) + 1
    year = int(match["year"]) if match["year"] else _year_of(on, month)
    return None if year is None else month_period(year, month)


def _year_of(on: date, month: int, day: int = 28) -> int | None:
    """The year of a month or day named without one; None when it has just passed."""
    if (month, day) >= (on.month, on.day):
        return on.year
    passed = on.month - month
    return None if passed < _RECENT_MONTHS else on.year + 1


def _season(match: re.Match[str], on: date) -> Period | None:
    first = SEASONS[match["season"]]
    year = int(match["year"]) if match["year"] else on.year + (match["which"] == "next")
    period = month_period(year, first, 3, "quarter")
    if period.last < on and not match["year"]:
        period = month_period(year + 1, first, 3, "quarter")
    return period


def _part(match: re.Match[str], on: date) -> Period:
    months = {"quarter": 3, "half": 6}[match["part"]]
    first = (min(ORDINALS[match["ordinal"]], 12 // months) - 1) * months + 1
    return month_period(_year_named(match["of"], on), first, months, "quarter")


def _months_of_year(match: re.Match[str], on: date) -> Period:
    """The first or last months of a year ("the last two months of 2025")."""
    months = min(NUMBERS[match["number"]], 12)
    return month_period(int(match["year"]), 1 if match["which"] == "first" else 13 - months, months)


def _quarter(match: re.Match[str], on: date) -> Period:
    return month_period(_year_named(match["of"], on), int(match["quarter"]) * 3 - 2, 3, "quarter")


def _year_named(words: str | None, on: date) -> int:
    if words and words[:4].isdigit():
        return int(words[:4])
    return on.year + (1 if words and "next" in words else 0)


def _years(match: re.Match[str], on: date) -> Period:
    years = [int(year) for year in re.findall(r"20\d\d", match.group())]
    return year_period(min(years), max(years))


def _decade(match: re.Match[str], on: date) -> Period:
    first = int(match["decade"])
    parts = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
    low, high = parts.get(match["part"] or "", (0, 9))
    return year_period(first + low, first + high)


def _relative(match: re.Match[str], on: date) -> Period:
    unit, later = match["unit"], match["which"] in {"next", "coming", "following", "upcoming"}
    if unit == "week":
        monday = on - timedelta(days=on.weekday()) + timedelta(weeks=later)
        return Period(monday, monday + timedelta(days=6), "day")
    if unit == "weekend":
        saturday = on - timedelta(days=on.weekday()) + timedelta(days=5, weeks=later)
        return Period(saturday, saturday + timedelta(days=1), "day")
    if unit == "month":
        first = on.replace(day=1) + relativedelta(months=later)
        return month_period(first.year, first.month)
    if unit == "quarter":
        first = on.replace(day=1, month=(on.month - 1) // 3 * 3 + 1) + relativedelta(months=3 * later)
        return month_period(first.year, first.month, 3, "quarter")
    if unit == "decade":
        return year_period(on.year // 10 * 10 + 10 * later, on.year // 10 * 10 + 9 + 10 * later)
    return year_period(on.year + later)


def _weekday(match: re.Match[str], on: date) -> Period:
    day = on + timedelta(days=(WEEKDAYS.index(match["weekday"]) - on.weekday()) % 7)
    return Period(day, day, "day")


_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_RESOLVERS = [
    (re.compile(pattern), resolve)
    for pattern, resolve in (
        (
            rf"\b{_MONTH} (?P<day>\d\d?) ?(?:-|to|through) ?(?P<until>{'|'.join(MONTHS)}) (?P<last>\d\d?)(?:,? (?P<year>20\d\d))?",
            _days,
        ),
        (rf"\b{_MONTH} (?P<day>\d\d?)(?:st|nd|rd|th)?(?!\d)(?: ?- ?(?P<last>\d\d?))?(?:,? (?P<year>20\d\d))?", _day),
        (rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)?(?: ?- ?(?P<last>\d\d?))?(?: of)? {_MONTH}(?:,? (?P<year>20\d\d))?", _day),
        (rf"\b{_MONTH}(?:,? (?:of )?(?P<year>20\d\d))?\b", _month),
        (rf"\b(?:(?P<which>this|next) )?(?P<season>{'|'.join(SEASONS)})(?:,? (?:of )?(?P<year>20\d\d))?\b", _season),
        (
            rf"\b(?P<ordinal>{'|'.join(ORDINALS)}) (?P<part>quarter|half)(?: of (?P<of>20\d\d|next year|this year|the year))?",
            _part,
        ),
        (rf"\b(?P<which>first|last|final) (?P<number>{'|'.join(NUMBERS)}) months of (?P<year>20\d\d)", _months_of_year),
        (r"\bq(?P<quarter>[1-4])(?: (?:of )?(?P<of>20\d\d))?", _quarter),
        (r"\b(?:(?P<part>early|mid|late)[ -])?(?P<decade>20\d0)s\b", _decade),
        (r"\b20\d\d(?:\W.*20\d\d)?\b", _years),
        (
            r"\b(?P<which>this|next|coming|following|upcoming|the) (?P<unit>weekend|week|month|year|quarter|decade)\b",
            _relative,
        ),
        (rf"\b(?P<weekday>{'|'.join(WEEKDAYS)})\b", _weekday),
    )
]
