"""The life of a statement at its source, read from all copies and answers that the archive holds of its address.

A copy counts as the statement when it is the first, when it was loaded, or when it is an edit of the copy before it; a page that has
turned into an error, login or consent page is set aside, and so is a copy of which that cannot be told. Copies are compared as
today's parser reads them and only with copies that came the same way, so that neither a change of our code nor a second channel looks
like an edit.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from pledgebook.sources.answers import Answer
from pledgebook.sources.captures import Capture, newest_captures
from pledgebook.sources.disappearance import disappearances
from pledgebook.sources.documents import Document, parse_capture
from pledgebook.sources.error_pages import Copy, Verdict, judge
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.registry import SAMPLES

_LOGGER = logging.getLogger(__name__)

FIRST_SEEN, EDITED, GONE, BACK = "first_seen", "edited", "gone", "back"
_WHY = {
    Verdict.OTHER_PAGE: ("other_page", "looks like an error, login or consent page, not like an edit"),
    Verdict.DOUBTFUL: ("doubtful_copy", "shares so little with the one before that it may be another page"),
}


class Archive(Protocol):
    """What is read of an archive; see `CaptureStore` and `Excerpt`."""

    def copies(self, address: str) -> list[Capture]:
        """All copies of an official document, in the order in which they were captured."""

    def answers(self, address: str) -> list[Answer]:
        """What a document's address answered each time, in the order of time."""

    def read(self, capture: Capture) -> bytes:
        """The bytes of a capture."""


@dataclass(frozen=True)
class Event:
    """Something that happened to a statement at its source: first_seen, edited, gone, back. sha256: of the copy, None when gone."""

    event: str
    url: str | None
    captured_at: datetime
    sha256: str | None


@dataclass(frozen=True)
class History:
    """capture, document: the copy that counts and what it says; events: in the order of time; aside: copies that do not count,
    each with the reason."""

    capture: Capture
    document: Document
    events: tuple[Event, ...] = ()
    aside: tuple[tuple[Capture, UnreadableDocument], ...] = ()

    @property
    def is_gone(self) -> bool:
        """Whether the statement has left its source."""
        moves = [event.event for event in self.events if event.event in (GONE, BACK)]
        return moves[-1:] == [GONE]


@dataclass
class _Read:
    """Copies that count, with their documents, in the order of time; copies that do not; edits; the records of copies that did not
    count before a later one did."""

    good: list[tuple[Capture, Document]] = field(default_factory=list)
    aside: list[tuple[Capture, UnreadableDocument]] = field(default_factory=list)
    edits: list[tuple[Capture, Document]] = field(default_factory=list)
    passed: set[tuple[str, int]] = field(default_factory=set)


def history_of(capture: Capture, store: Archive) -> History:
    """The history of the address of `capture`, its newest copy.

    Raises UnreadableDocument when no copy can be read as a statement.
    """
    if capture.source == SAMPLES:
        return History(capture, parse_capture(capture, store.read(capture)))
    copies = store.copies(capture.address) or [capture]
    answers = store.answers(capture.address)
    addresses = {(answer.file, answer.offset): answer.target for answer in answers}
    read = _Read()
    for channel in _channels(copies):
        _read_channel(channel, addresses, store, read)
    if not read.good:
        raise read.aside[-1][1]
    newest = newest_captures(copy for copy, _ in read.good)[0]
    aside = read.passed | {(copy.file, copy.offset) for copy, _ in read.aside}
    events = [*_appearances(read), *_disappearances(capture.url, answers, aside)]
    document = next(document for copy, document in read.good if copy is newest)
    return History(newest, document, tuple(sorted(events, key=lambda event: event.captured_at)), tuple(read.aside))


def _channels(copies: Sequence[Capture]) -> list[list[Capture]]:
    """The copies parted by the way that they came: source and kind of document."""
    channels: dict[tuple[str, str], list[Capture]] = {}
    for copy in copies:
        channels.setdefault((copy.source, copy.media_type), []).append(copy)
    return list(channels.values())


def _read_channel(
    copies: Sequence[Capture], addresses: dict[tuple[str, int], str], store: Archive, read: _Read
) -> None:
    before: Document | None = None
    file = None
    aside: list[tuple[Capture, UnreadableDocument]] = []
    for copy in copies:
        try:
            document = parse_capture(copy, store.read(copy))
            if before and copy.fetched:
                _refuse_other_page(before, document, copy, addresses.get((copy.file, copy.offset)))
        except UnreadableDocument as problem:
            aside.append((copy, problem))
            continue
        # Of two texts that were loaded together neither is an edit of the other.
        if before and _folded(document) != _folded(before) and copy.file != file:
            read.edits.append((copy, document))
        read.good.append((copy, document))
        before, file = document, copy.file
        # What was wrong before a good copy came is over.
        read.passed |= {(earlier.file, earlier.offset) for earlier, _ in aside}
        aside.clear()
    read.aside += aside


def _refuse_other_page(before: Document, now: Document, copy: Capture, target: str | None) -> None:
    """Raises UnreadableDocument when a fetched copy is no edit of the one before it. What was loaded is what the user says it is."""
    if _folded(before) == _folded(now):
        return
    verdict = judge(Copy(before.title, before.text, before.url), Copy(now.title, now.text, target))
    if verdict is not Verdict.EDIT:
        check, looks = _WHY[verdict]
        reason = (
            f"its copy of {copy.captured_at:%Y-%m-%d} {looks}; it was set aside and the text of the copy before stands "
            "(look at the page; if it is right, save it and load it with --input)"
        )
        _LOGGER.warning("%s: %s", copy.url, reason)
        raise UnreadableDocument(check, reason)


def _folded(document: Document) -> str:
    return " ".join(document.text.split())


def _appearances(read: _Read) -> list[Event]:
    """When the statement was first seen, and each edit once, though several channels may tell of it."""
    first = min(read.good, key=lambda pair: pair[0].captured_at)
    events = [_event(FIRST_SEEN, first[0])]
    if not read.edits:
        return events
    text = _folded(first[1])
    for copy, document in sorted(read.edits, key=lambda pair: pair[0].captured_at):
        if _folded(document) != text:
            events.append(_event(EDITED, copy))
            text = _folded(document)
    return events


def _event(name: str, capture: Capture) -> Event:
    return Event(name, capture.url, capture.captured_at, capture.sha256)


def _disappearances(url: str | None, answers: Sequence[Answer], aside: set[tuple[str, int]]) -> list[Event]:
    telling = [answer for answer in answers if (answer.holder_file, answer.holder_offset) not in aside]
    return [Event(GONE if gone else BACK, url, moment, sha256) for gone, moment, sha256 in disappearances(telling)]
