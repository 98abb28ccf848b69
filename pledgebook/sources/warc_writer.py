"""Appends captures to a WARC file so that a failure, whenever it comes, leaves nothing half-written behind."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

from pledgebook.sources.captures import Capture
from pledgebook.sources.errors import StorageFull
from pledgebook.sources.warc_files import record_bytes

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def clear_message_when_full(path: Path) -> Iterator[None]:
    """Turns the many errors of a full disk into StorageFull, which names the file."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise _storage_full(path) from error
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE):
            raise
        raise _storage_full(path) from error


class WarcWriter:
    """A WARC file of its own for one run and source; nothing is ever appended to an older file."""

    def __init__(self, raw: Path, source: str, now: datetime) -> None:
        self._raw = raw
        with clear_message_when_full(raw / source):
            (raw / source).mkdir(parents=True, exist_ok=True)
            self._path, self._file = _new_file(raw / source, f"{source}-{now:%Y%m%dT%H%M%S}")

    def write(self, capture: Capture, content: bytes) -> Capture:
        """Appends a capture; returns it with file and offset. Raises StorageFull, the file cut back to whole records."""
        offset = self._file.tell()
        try:
            with clear_message_when_full(self._path):
                left = memoryview(record_bytes(capture, content))
                while left:
                    left = left[self._file.write(left) :]
        except BaseException:
            self._file.truncate(offset)
            self._file.seek(offset)
            raise
        return replace(capture, file=self._path.relative_to(self._raw).as_posix(), offset=offset)

    def sync(self) -> None:
        """Returns when all that was written is on the disk."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


def _new_file(folder: Path, stem: str) -> tuple[Path, BinaryIO]:
    for number in count():
        path = folder / f"{stem}-{number:05}.warc.gz"
        try:
            return path, path.open("xb", buffering=0)
        except FileExistsError:
            continue
    raise AssertionError("count() never ends")


def _storage_full(path: Path) -> StorageFull:
    return StorageFull(
        f"the disk is full: {path} could not be written; free some space and run again (what was stored before is kept)"
    )
