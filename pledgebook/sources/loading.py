"""Loads files: what can be read is stored as captures, what cannot gets a row that says why."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from pledgebook.progress import Advance
from pledgebook.sources.captures import Capture
from pledgebook.sources.containers import is_container
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.input_documents import InputDocument, Spoilt
from pledgebook.sources.input_files import InputFile, Listed, input_files
from pledgebook.sources.loads import basis_of
from pledgebook.sources.quarantine import quarantine_table, set_aside
from pledgebook.sources.reading import capture_of, documents_in
from pledgebook.sources.store import CaptureStore, Session

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True)
class Loaded:
    """What came of loading: a capture for each document read, and a quarantine row for each that was skipped."""

    captures: list[Capture]
    skipped: pl.DataFrame


@dataclass(frozen=True)
class Origin:
    """Where documents come from. source: name of the source that they are loaded for, or None, where their addresses tell; wants: which
    documents are read, by address, or by name where they have none."""

    source: str | None = None
    wants: Callable[[str], bool] = lambda place: True


def load_documents(
    paths: Sequence[str | Path],
    store: CaptureStore,
    now: datetime,
    advance: Advance | None = None,
    origin: Origin | None = None,
    reader: str | None = None,
) -> Loaded:
    """Reads files, folders and globs into the store.

    `now` (UTC) is the capture time of documents that state no `retrieved_at`, or one to come; `advance` is called with 1 for each file
    that is done; `origin` says for which source they are loaded, and which; `reader` is the hash of the code that reads: what it loaded before
    is not read again. Raises WrongUse when a path does not exist, StorageFull when the disk is full.
    """
    files = input_files(paths)
    with store.session(now) as session:
        load = _Load(session, now, origin or Origin(), reader)
        captures = [capture for file in _counted(files, advance) for capture in load.file(file)]
    return Loaded(captures, quarantine_table(load.skipped))


class _Load:
    """One run's loading. skipped: quarantine rows of what cannot be read."""

    def __init__(self, session: Session, now: datetime, origin: Origin, reader: str | None) -> None:
        self._session = session
        self._now = now
        self._origin = origin
        self._reader = reader
        self.skipped: list[dict[str, str | None]] = []

    def file(self, file: InputFile) -> Iterator[Capture]:
        """The captures of the documents in a file."""
        # What a list says of a file that holds many documents is true of none of them.
        listed = Listed() if is_container(file.path) else file.listed
        try:
            for document in documents_in(file):
                yield from self._document(document, listed)
        except UnreadableDocument as problem:
            self.skipped.append(set_aside(file.name, problem))

    def _document(self, document: InputDocument | Spoilt, listed: Listed) -> Iterator[Capture]:
        place = document.url or document.name
        # What cannot be read and has no address may be anything, and is told.
        if (isinstance(document, InputDocument) or document.url) and not self._origin.wants(place):
            return
        try:
            if isinstance(document, Spoilt):
                raise document.problem
            yield self._capture(document, listed)
        except UnreadableDocument as problem:
            self.skipped.append(set_aside(place, problem, document.name))

    def _capture(self, document: InputDocument, listed: Listed) -> Capture:
        basis = basis_of(document, listed, self._origin.source, self._reader) if self._reader else None
        known = self._session.loaded(basis) if basis else None
        if known:
            return known
        capture, note = capture_of(document, listed, self._now, self._origin.source)
        if note:
            _LOGGER.warning("%s: %s", document.name, note)
        # What has to be told is read again, and told again.
        return self._session.add(capture, document.content, None if note else basis)


def _counted(files: Sequence[InputFile], advance: Advance | None) -> Iterator[InputFile]:
    for file in files:
        yield file
        if advance:
            advance(1)
