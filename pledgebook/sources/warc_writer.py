"""Appends records to a WARC file so that a failure, whenever it comes, leaves nothing half-written behind."""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import BinaryIO

from pledgebook.sources.errors import StorageFull
from pledgebook.sources.record_files import held_at_origin
from pledgebook.sources.warc_files import information_record

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# The size that the standard recommends for a file (ISO 28500, annex C).
_LARGEST_FILE = 1_000_000_000


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


def is_being_written(file: BinaryIO) -> bool:
    """Whether a running writer holds the open file; if not, this process holds it until the file is closed."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


class WarcWriter:
    """WARC files of its own for one run and source; nothing is ever appended to an older file.

    Each file begins with a `warcinfo` record of the given fields, and is left for a new one when it has grown large.
    """

    def __init__(self, raw: Path, source: str, now: datetime, fields: dict[str, str] | None = None) -> None:
        self._raw = raw
        self._folder = raw / source
        self._stem = f"{source}-{now:%Y%m%dT%H%M%S}"
        self._fields = {"software": f"pledgebook/{version('pledgebook')}", "format": "WARC File Format 1.1"} | (
            fields or {}
        )
        with clear_message_when_full(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._path, self._file = _new_file(self._raw, self._folder, self._stem)
        self._append(information_record(self._path.name, self._fields))

    def append(self, records: bytes) -> tuple[str, int]:
        """Appends whole records; returns the file, as a path below the raw folder, and the offset. Raises StorageFull, the file cut back."""
        if self._file.tell() >= _LARGEST_FILE:
            self.sync()
            self._file.close()
            self._path, self._file = _new_file(self._raw, self._folder, self._stem)
            self._append(information_record(self._path.name, self._fields))
        return self.name, self._append(records)

    @property
    def name(self) -> str:
        """The file's path below the raw folder."""
        return self._path.relative_to(self._raw).as_posix()

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._file.tell()

    def sync(self) -> None:
        """Returns when all that was written is on the disk."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _append(self, records: bytes) -> int:
        offset = self._file.tell()
        try:
            with clear_message_when_full(self._path):
                left = memoryview(records)
                while left:
                    left = left[self._file.write(left) :]
        except BaseException:
            self._file.truncate(offset)
            self._file.seek(offset)
            raise
        return offset


def _new_file(raw: Path, folder: Path, stem: str) -> tuple[Path, BinaryIO]:
    elsewhere = held_at_origin(raw)
    for number in count():
        path = folder / f"{stem}-{number:05}.warc.gz"
        if path.relative_to(raw).as_posix() in elsewhere:
            continue
        try:
            file = path.open("xb", buffering=0)
        except FileExistsError:
            continue
        fcntl.flock(file, fcntl.LOCK_EX)
        return path, file
    raise AssertionError("count() never ends")


def _storage_full(path: Path) -> StorageFull:
    return StorageFull(
        f"the disk is full: {path} could not be written; free some space and run again (what was stored before is kept)"
    )
