"""Writes what visits brought to the raw archive, and tells what was there before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from pledgebook.sources.answers import DOCUMENT, LISTING, NOT_MODIFIED, OK, REDIRECT, Answer, placed
from pledgebook.sources.captures import Capture, sha256_of
from pledgebook.sources.exchanges import Exchange
from pledgebook.sources.fetching.errors import Unreachable
from pledgebook.sources.fetching.visitor import Visit, content_of
from pledgebook.sources.http_records import exchange_records
from pledgebook.sources.store import CaptureStore
from pledgebook.sources.warc_files import DETAILS, details_of, record_bytes
from pledgebook.sources.warc_writer import WarcWriter, clear_message_when_full


class Outcome(StrEnum):
    """What a visit to a document came to: its first copy, another copy, the same copy, another status than 200."""

    NEW, CHANGED, UNCHANGED, OTHER = "new", "changed", "unchanged", "other"


class Recorder:
    """The archive as one round of crawling a source uses it; every method that writes returns only when the disk has it."""

    def __init__(
        self, store: CaptureStore, source: str, round: str, now: datetime, largest: int, user_agent: str
    ) -> None:
        self._store = store
        self._source = source
        self._round = round
        self._now = now
        self._largest = largest
        self._user_agent = user_agent
        self._writer: WarcWriter | None = None

    def conditions(self, target: str) -> Mapping[str, str]:
        """The headers by which a site need not send again what it sent before."""
        held = self._store.index.answers.last_content(self._source, target)
        told = {"If-None-Match": held and held.etag, "If-Modified-Since": held and held.last_modified}
        # A header holds nothing but ASCII; sites tell all kinds of things.
        return {name: value for name, value in told.items() if value and value.isascii() and value.isprintable()}

    def visited(self, url: str) -> Answer | None:
        """What the visit to an address came to, where this round has made it already."""
        return self._store.index.answers.in_round(self._round, url)

    def listing(self, visit: Visit) -> Answer:
        """Keeps the visit to a listing page."""
        return self._keep(visit, LISTING, None)[0]

    def document(self, visit: Visit, capture: Capture, kind: str = DOCUMENT) -> Outcome:
        """Keeps the visit to a document, or to an archive's copy of one; `capture` says what is known of it, all but its hash."""
        answer, stored = self._keep(visit, kind, capture)
        if answer.sha256 is None:
            return Outcome.OTHER
        if not stored:
            return Outcome.UNCHANGED
        return Outcome.CHANGED if self._known_before(stored) else Outcome.NEW

    def held(self, capture: Capture, content: bytes) -> Outcome:
        """Keeps a document that a listing page held itself."""
        if self._has(capture):
            return Outcome.UNCHANGED
        known = self._known_before(capture)
        file, offset = self._open().append(record_bytes(capture, content))
        self._make_known([replace(capture, file=file, offset=offset)], [])
        return Outcome.CHANGED if known else Outcome.NEW

    def read(self, answer: Answer) -> bytes:
        """The content that an answer gave or confirmed."""
        if answer.holder_file is None or answer.holder_offset is None:
            return b""
        return self._store.read_at(answer.holder_file, answer.holder_offset)

    def close(self) -> None:
        """Closes the file of this round."""
        if self._writer:
            self._writer.close()

    def _keep(self, visit: Visit, kind: str, capture: Capture | None) -> tuple[Answer, Capture | None]:
        url = capture.url if capture and capture.url and kind == DOCUMENT else visit.url
        answers = [self._append(hop, self._answer(url, hop, REDIRECT)) for hop in visit.exchanges[:-1]]
        answer, content, holder = self._judged(self._answer(url, visit.answer, kind), visit.answer)
        stored = None
        if capture and content is not None:
            stored = replace(capture, sha256=answer.sha256 or "")
            stored = None if self._has(stored) else stored
        placed_answer = self._append(visit.answer, answer, None if stored else holder, stored)
        if stored:
            stored = replace(stored, file=placed_answer.file, offset=placed_answer.offset)
        self._make_known([stored] if stored else [], [*answers, placed_answer])
        return placed_answer, stored

    def _judged(self, answer: Answer, exchange: Exchange) -> tuple[Answer, bytes | None, Answer | None]:
        """The answer with its hash, its content where it brought one, and the answer whose record holds that content already."""
        held = self._store.index.answers.last_content(self._source, exchange.url)
        if exchange.status == NOT_MODIFIED:
            if held is None:
                raise Unreachable("http_304", "the site says that nothing changed, though it was not asked that")
            return _confirming(answer, held), None, held
        if exchange.status != OK:
            return answer, None, None
        content = content_of(exchange, self._largest)
        answer = replace(answer, sha256=sha256_of(content))
        same = held if held and held.sha256 == answer.sha256 else None
        return _confirming(answer, same) if same else answer, content, same

    def _answer(self, url: str, exchange: Exchange, kind: str) -> Answer:
        return Answer(
            source=self._source,
            round=self._round,
            kind=kind,
            url=url,
            target=exchange.url,
            moment=exchange.moment,
            status=exchange.status,
            etag=exchange.header("ETag"),
            last_modified=exchange.header("Last-Modified"),
        )

    def _append(
        self, exchange: Exchange, answer: Answer, holder: Answer | None = None, capture: Capture | None = None
    ) -> Answer:
        details = {DETAILS: details_of(capture)} if capture else {}
        own = answer if holder else replace(answer, holder_file=None, holder_offset=None)
        file, offset = self._open().append(exchange_records(exchange, own, holder, details))
        return placed(own, file, offset)

    def _has(self, capture: Capture) -> bool:
        return any(copy.sha256 == capture.sha256 for copy in self._store.index.last(capture))

    def _known_before(self, capture: Capture) -> bool:
        return any(
            (copy.file, copy.offset) != (capture.file, capture.offset) for copy in self._store.index.copies(capture)
        )

    def _open(self) -> WarcWriter:
        if self._writer is None:
            fields = {"http-header-user-agent": self._user_agent, "robots": "obey", "isPartOf": self._round}
            self._writer = WarcWriter(self._store.raw, self._source, self._now, fields)
        return self._writer

    def _make_known(self, captures: list[Capture], answers: list[Answer]) -> None:
        writer = self._open()
        with clear_message_when_full(self._store.raw):
            writer.sync()
            self._store.index.add(captures, {writer.name: writer.size}, answers)


def _confirming(answer: Answer, held: Answer) -> Answer:
    """The answer that confirms what another one holds, with its validators where it tells none itself."""
    return replace(
        answer,
        sha256=held.sha256,
        etag=answer.etag or held.etag,
        last_modified=answer.last_modified or held.last_modified,
        holder_file=held.holder_file,
        holder_offset=held.holder_offset,
    )
