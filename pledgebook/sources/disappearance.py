"""When a document left its source, and when it was back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from pledgebook.sources.answers import GONE, Answer

# One "not found" may be a slip of the site; a second one a day later is none.
_APART = timedelta(days=1)


def disappearances(answers: Iterable[Answer]) -> Iterator[tuple[bool, datetime, str | None]]:
    """Each time the document went (True) or came back (False), with the moment and the hash of what was there.

    `answers`: in the order of time. It is gone once every source that visits it has been told 404 or 410 twice, a day apart,
    with no other sign of life between; troubles of a site (5xx, 403) are no sign of either.
    """
    missed: dict[str, datetime] = {}
    gone: dict[str, bool] = {}
    was_gone = False
    for answer in answers:
        if answer.status in GONE:
            first = missed.setdefault(answer.source, answer.moment)
            gone[answer.source] = gone.get(answer.source, False) or answer.moment - first >= _APART
        elif answer.sha256 is not None:
            missed.pop(answer.source, None)
            gone[answer.source] = False
        is_gone = bool(gone) and all(gone.values())
        if is_gone != was_gone:
            was_gone = is_gone
            yield is_gone, answer.moment, None if is_gone else answer.sha256
