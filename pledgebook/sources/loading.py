"""Loads files: what can be read is stored as captures, what cannot gets a row that says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from pledgebook.sources.quarantine import quarantine_table, set_aside
from pledgebook.sources.reading import capture_of, documents_in
from pledgebook.sources.store import CaptureStore


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
) -> Loaded:
    """Reads files, folders and globs into the store.

    `now` (UTC) is the capture time of documents that state no `retrieved_at`, or one to come; `advance` is called with 1 for each file
    that is done; `origin` says for which source they are loaded, and which. Raises WrongUse when a path does not exist, StorageFull when the disk is full.
    """
    skipped: list[dict[str, str | None]] = []
    files = input_files(paths)
    captures = store.add(_read(_counted(files, advance), now, skipped, origin or Origin()), now)
    return Loaded(captures, quarantine_table(skipped))


def _read(
    files: Iterable[InputFile], now: datetime, skipped: list[dict[str, str | None]], origin: Origin
) -> Iterator[tuple[Capture, bytes]]:
    for file in files:
        try:
            # What a list says of a file that holds many documents is true of none of them.
            listed = Listed() if is_container(file.path) else file.listed
            for document in documents_in(file):
                yield from _captured(document, listed, now, skipped, origin)
        except UnreadableDocument as problem:
            skipped.append(set_aside(file.name, problem))


def _captured(
    document: InputDocument | Spoilt,
    listed: Listed,
    now: datetime,
    skipped: list[dict[str, str | None]],
    origin: Origin,
) -> Iterator[tuple[Capture, bytes]]:
    place = document.url or document.name
    # What cannot be read and has no address may be anything, and is told.
    if (isinstance(document, InputDocument) or document.url) and not origin.wants(place):
        return
    try:
        if isinstance(document, Spoilt):
            raise document.problem
        yield capture_of(document, listed, now, origin.source), document.content
    except UnreadableDocument as problem:
        skipped.append(set_aside(place, problem, document.name))


def _counted(files: Sequence[InputFile], advance: Advance | None) -> Iterator[InputFile]:
    for file in files:
        yield file
        if advance:
            advance(1)
