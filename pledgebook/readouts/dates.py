"""The day of a statement: of its meeting where the text states it, else of publication, else that in the name of its file."""

from __future__ import annotations

from datetime import date

from pledgebook.readouts.meeting_days import calendar_day, meeting_day
from pledgebook.sources.documents import PUBLICATION, Document
from pledgebook.sources.errors import UnreadableDocument

MEETING = "meeting"


def day_of(document: Document, opening: str, has_met: bool) -> tuple[date, str]:
    """The day and what it rests on; `opening` is the first sentence, `has_met` whether the document tells of a meeting.

    Raises UnreadableDocument `no_date` when nothing gives a day.
    """
    met = _day_of_meeting(document, opening) if has_met else None
    if met:
        return met, MEETING
    if document.day is None or document.date_basis is None:
        reason = "no date in the document, its address or its file name; add `date: YYYY-MM-DD` to its front matter or its name"
        raise UnreadableDocument("no_date", reason, column="date")
    return document.day, document.date_basis


def _day_of_meeting(document: Document, opening: str) -> date | None:
    """Words like "yesterday" count from the day of publication, and only from that: a file may bear the day it was saved."""
    if document.day and document.date_basis == PUBLICATION:
        return meeting_day(opening, document.day)
    return calendar_day(opening, document.day)
