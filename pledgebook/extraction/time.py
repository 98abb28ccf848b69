"""When an undertaking is due: the words that set a time to come, resolved against the day of the readout."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pledgebook.extraction.time_phrases import Frame, phrases
from pledgebook.extraction.time_resolution import NUMBERS, Period, add, calendar_period

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
    found: list[Due] = []
    reached = 0
    for match, frame in phrases(text):
        if match.start() >= reached and (due := _due(match, frame, on)):
            reached = match.end()
            found.append(due)
    return _joined(text, found)


def _due(match: re.Match[str], frame: Frame, on: date) -> Due | None:
    if frame.slot == "duration" and not _is_to_come(match):
        return None
    period = _period(match, frame, on)
    if period is None:
        return None if frame.slot == "date" else Due(match.start(), match.end(), match.group(), None, None, None)
    first, last = _window(period, frame.meaning, on)
    if (last or first or on) < on:
        return None
    return Due(match.start(), match.end(), match.group(), first, last, period.precision)


def _period(match: re.Match[str], frame: Frame, on: date) -> Period | None:
    if frame.meaning in {"today", "tomorrow"}:
        day = on + timedelta(days=frame.meaning == "tomorrow")
        return Period(day, day, "day")
    if frame.slot == "duration":
        number = _number(match["number"])
        return add(on, number, match["unit"]) if number and not match["anchor"] else None
    if frame.slot in {"date", "event"}:
        return calendar_period(match["slot"], on)
    return None


def _is_to_come(match: re.Match[str]) -> bool:
    """Whether a duration without a number looks ahead ("over the coming weeks", not "over decades")."""
    return match["number"] is not None or bool(re.search(r"\b(?:next|coming|following)\b", match.group()))


def _number(words: str | None) -> int | None:
    if words is None:
        return 1
    return int(words) if words.isdigit() else NUMBERS.get(words.lower())


def _window(period: Period, meaning: str, on: date) -> tuple[date | None, date | None]:
    """The days an undertaking may be done on: "by" and "until" reach from `on`, "starting" has no end."""
    first, last = period.first, period.last
    if meaning == "until":
        return min(on, last), last
    if meaning == "before":
        return min(on, first - timedelta(days=1)), first - timedelta(days=1)
    if meaning == "from":
        return first, None
    if meaning == "after":
        return last + timedelta(days=1), None
    if meaning == "at":
        return last, last
    return (max(first, on) if last >= on else first), last


def _joined(text: str, dues: list[Due]) -> list[Due]:
    """Neighbouring phrases as one ("for one year, starting on 10 November")."""
    joined: list[Due] = []
    for due in dues:
        if joined and _JOINED.fullmatch(text, joined[-1].end, due.start):
            due = _union(joined.pop(), due)
        joined.append(due)
    return [replace(due, text=text[due.start : due.end]) for due in joined]


def _union(one: Due, other: Due) -> Due:
    """Two phrases read together; the text is filled in by the caller, once."""
    starts = [day for day in (one.due_start, other.due_start) if day]
    ends = [day for day in (one.due_end, other.due_end) if day]
    first, last = max(starts, default=None), max(ends, default=None)
    if first and last and first > last:  # "for one year, starting on 10 November": the year counts from then
        last = first + (last - min(starts))
    return Due(one.start, other.end, "", first, last, other.precision or one.precision)


_LIST_FOLLOWS = re.compile(r":\s")
_DONE = re.compile(r"(?:has |have )?(?:also )?(?:\w+ed|met|held|spoke|took)\b")


def due_of(quote: str, sentence: str, heading: str, on: date) -> Due | None:
    """The time of one undertaking: in its quote, else beside it in its sentence, else (a date) in its heading.

    A phrase with a date goes before one without ("promptly"). Offsets count in `sentence`; -1 when the words stand elsewhere.
    """
    place = sentence.find(quote)
    if due := _best(find_due(quote, on)):
        return (
            replace(due, start=due.start + place, end=due.end + place) if place >= 0 else replace(due, start=-1, end=-1)
        )
    if place >= 0 and (due := _best([due for due in find_due(sentence, on) if _governs(due, sentence, place, quote)])):
        return due
    due = _best([due for due in find_due(heading, on) if due.precision])
    return replace(due, start=-1, end=-1) if due else None


def _best(dues: list[Due]) -> Due | None:
    return next((due for due in dues if due.due_start or due.due_end), dues[0] if dues else None)


def _governs(due: Due, sentence: str, start: int, quote: str) -> bool:
    """Whether a time outside the quote is the quote's: it opens the sentence, touches the quote, or stands in the lead-in.

    "On Monday, the ministers launched a dialogue" tells when it was done, not when it is due.
    """
    end = start + len(quote)
    if due.start >= end:
        return due.text.startswith("all ") or not sentence[end : due.start].strip(" ,\u00a0")
    if due.end > start:
        return False
    between = sentence[due.end : start]
    opens = not sentence[: due.start].strip(" -\u00a0") and not (due.precision == "day" and _DONE.match(quote))
    return opens or not between.strip(" ,\u00a0") or bool(_LIST_FOLLOWS.search(between))
