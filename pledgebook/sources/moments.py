"""Dates and times as documents write them, read without looking at the clock."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime

from dateutil import parser

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH_NAME = re.compile(r"[A-Za-z]{3}")
_IN_URL = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?=/|$)")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")
# Two defaults that share no part: what differs between the two readings was not written.
_DEFAULTS = (datetime(2001, 1, 1), datetime(2002, 2, 2))


def to_moment(value: object) -> datetime | None:
    """A moment in UTC, or None when `value` is no date with time; a time without zone counts as UTC."""
    if isinstance(value, str):
        value = _parse(value) if ":" in value else None
    if not isinstance(value, datetime):
        return None
    with suppress(OverflowError):  # the first and the last day of the calendar have no other time zone
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return None


def to_day(value: object) -> date | None:
    """The day that `value` writes, in its own time zone, or None."""
    if isinstance(value, str):
        value = _parse(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def day_in_url(url: str) -> date | None:
    """The day in the path of an address (/2021/06/08/), or None."""
    return _day(_IN_URL.search(url))


def day_in_name(name: str) -> date | None:
    """The day in a file's name (2021-06-08, 20210608), or None."""
    return _day(_IN_NAME.search(name))


def _parse(text: str) -> datetime | None:
    text = text.strip()
    with suppress(ValueError):
        return datetime.fromisoformat(text)
    if not (_ISO.match(text) or _MONTH_NAME.search(text)) or len(text) > 100:
        return None
    try:
        first, second = (parser.parse(text, default=default) for default in _DEFAULTS)
    except (ValueError, OverflowError):
        return None
    return first if first.date() == second.date() else None


def _day(match: re.Match[str] | None) -> date | None:
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
