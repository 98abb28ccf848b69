"""When an undertaking is due: the words that set a time to come, resolved against the day of the readout."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pledgebook.extraction.time_phrases import Frame, frames
from pledgebook.extraction.time_resolution import NUMBERS, Period, add, calendar_period

_HINT = re.compile(
    r"20\d\d|\b(?:days?|weeks?|months?|years?|decades?|quarter|half|spring|summer|fall|autumn|winter|weekend|today|tonight|tomorrow|soon|shortly|"
    r"\w+ly|as long as|until|till|upon|delay|forthwith|term|future|period|course|available|timely|early|earliest|dates?|time|next|upcoming|"
    r"summit|conference|meeting|assembly|session|elections?|ministerial|forum|council|\w+day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r",?\s*(?:and\s+|or\s+)?$")


@dataclass(frozen=True)
class Due:
    """A phrase that sets a time, `text[start:end]`, with the first and last day it allows (None where it names none).

    precision: day, month, quarter, year, or None without dates.
    """

    start: int
    end: int
    text: str
    due_start: date | None
    due_end: date | None
    precision: str | None


def find_due(text: str, on: date) -> list[Due]:
    """Every phrase in `text` that sets a time from `on` onwards, in reading order; phrases about the past are left out."""
    if not _HINT.search(text):
        return []
    matches = [(match, frame) for frame in frames() for match in frame.pattern.finditer(text)]
    matches.sort(key=lambda pair: (pair[0].start(), -pair[0].end(), pair[1].meaning))
    found: list[Due] = []
    reached = 0
    for match, frame in matches:
        if match.start() < reached:
            continue
        due = _due(match, frame, on)
        if due is not None:
            reached = match.end()
            found.append(due)
    return _joined(text, found)


def _due(match: re.Match[str], frame: Frame, on: date) -> Due | None:
    if frame.meaning == "past":
        return None
    first, last, precision = None, None, None
    if period := _period(match, frame, on):
        first, last, precision = _window(period, frame.meaning, on)
        if (last or first or on) < on:
            return None
    elif frame.slot == "date":
        return None
    return Due(match.start(), match.end(), match.group(), first, last, precision)


def _period(match: re.Match[str], frame: Frame, on: date) -> Period | None:
    if frame.meaning in {"today", "tomorrow"}:
        day = on + timedelta(days=frame.meaning == "tomorrow")
        return Period(day, day, "day")
    if frame.slot == "duration":
        number = _number(match["number"])
        return add(on, number, match["unit"]) if number and not match["anchor"] else None
    if frame.slot in {"date", "event", "coming_event"}:
        return calendar_period(match["slot"], on)
    return None


def _number(words: str | None) -> int | None:
    if words is None:
        return 1
    return int(words) if words.isdigit() else NUMBERS.get(words.lower())


def _window(period: Period, meaning: str, on: date) -> tuple[date | None, date | None, str]:
    """The days an undertaking may be done on: "by" and "until" reach from `on`, "starting" has no end."""
    first, last, precision = period.first, period.last, period.precision
    if meaning in {"until", "until_end"}:
        return min(on, last), last, precision
    if meaning == "before":
        return min(on, first - timedelta(days=1)), first - timedelta(days=1), precision
    if meaning == "from":
        return first, None, precision
    if meaning == "after":
        return last + timedelta(days=1), None, precision
    if meaning == "at":
        return last, last, precision
    return max(first, on) if last >= on else first, last, precision


def _joined(text: str, dues: list[Due]) -> list[Due]:
    """Neighbouring phrases as one ("for one year, starting on 10 November")."""
    joined: list[Due] = []
    for due in dues:
        if joined and _JOINED.fullmatch(text[joined[-1].end : due.start]):
            due = _union(joined.pop(), due, text)
        joined.append(due)
    return joined


def _union(one: Due, other: Due, text: str) -> Due:
    starts = [day for day in (one.due_start, other.due_start) if day]
    ends = [day for day in (one.due_end, other.due_end) if day]
    return replace(
        one,
        end=other.end,
        text=text[one.start : other.end],
        due_start=max(starts, default=None),
        due_end=max(ends, default=None),
        precision=other.precision or one.precision,
    )


_BEFORE_QUOTE = 120


def due_of(quote: str, sentence: str, heading: str, on: date) -> Due | None:
    """The time of one undertaking: in its quote, else beside it in its sentence, else in its heading.

    Offsets count in `sentence`; -1 when the words stand elsewhere.
    """
    place = sentence.find(quote)
    for due in find_due(quote, on):
        return _moved(due, place)
    if place >= 0:
        for due in find_due(sentence, on):
            if _governs(due, sentence, place, place + len(quote)):
                return due
    for due in find_due(heading, on):
        return replace(due, start=-1, end=-1)
    return None


def _moved(due: Due, place: int) -> Due:
    return replace(due, start=due.start + place, end=due.end + place) if place >= 0 else replace(due, start=-1, end=-1)


def _governs(due: Due, sentence: str, start: int, end: int) -> bool:
    """Whether a time outside the quote is the quote's: it opens the sentence, or touches the quote."""
    if due.start >= end:
        return not sentence[end : due.start].strip(" ,\u00a0")
    return due.end <= start and (
        not sentence[: due.start].strip(" -\u00a0") or not sentence[due.end : start].strip(" ,\u00a0")
    )
