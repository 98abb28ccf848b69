"""Loads files: what can be read is stored as captures, what cannot gets a row that says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from pledgebook.progress import Advance
from pledgebook.sources.captures import Capture
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.input_files import InputFile, input_files
from pledgebook.sources.quarantine import quarantine_table, set_aside
from pledgebook.sources.reading import capture_of, documents_in
from pledgebook.sources.store import CaptureStore


@dataclass(frozen=True)
class Loaded:
    """What came of loading: a capture for each document read, and a quarantine row for each that was skipped."""

    captures: list[Capture]
    skipped: pl.DataFrame


def load_documents(
    paths: Sequence[str | Path], store: CaptureStore, now: datetime, advance: Advance | None = None
) -> Loaded:
    """Reads files, folders and globs into the store.

    `now` (UTC) is the capture time of documents that state no `retrieved_at`, or one to come; `advance` is called with 1 for each file
    that is done. Raises WrongUse when a path does not exist, StorageFull when the disk is full.
    """
    skipped: list[dict[str, str | None]] = []
    files = input_files(paths)
    captures = store.add(_read(_counted(files, advance), now, skipped), now)
    return Loaded(captures, quarantine_table(skipped))


def _read(
    files: Iterable[InputFile], now: datetime, skipped: list[dict[str, str | None]]
) -> Iterator[tuple[Capture, bytes]]:
    for file in files:
        try:
            documents = documents_in(file)
        except UnreadableDocument as problem:
            skipped.append(set_aside(file.name, problem))
            continue
        for document in documents:
            try:
                yield capture_of(document, file.listed, now), document[1]
            except UnreadableDocument as problem:
                skipped.append(set_aside(document[0], problem))


def _counted(files: Sequence[InputFile], advance: Advance | None) -> Iterator[InputFile]:
    for file in files:
        yield file
        if advance:
            advance(1)
