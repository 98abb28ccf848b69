"""The sentence that opens a text, which says who met whom and when."""

from __future__ import annotations

from pledgebook.extraction.segmentation import sentences

_OPENING = 1200
_LONGEST_TITLE = 300


def opening_sentence(text: str) -> str:
    """The first sentence, headings and date lines aside; the whole opening when it has none."""
    opening = text[:_OPENING]
    first = next(iter(sentences(opening)), None)
    return opening[first.start : first.end] if first else opening


def derived_title(opening: str) -> str:
    """A title for a document that has none: its first sentence, cut between words when it is very long."""
    title = " ".join(opening.split())
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"
