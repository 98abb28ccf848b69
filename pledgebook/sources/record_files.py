"""The files of a raw archive, opened to read single records: in a folder, or in an object store, by ranges.

A folder may be the working copy of an archive in an object store. The first line of its file `.origin` is the address, the others are the
names of the WARC files there; what the folder does not hold is read there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from pledgebook.sources.captures import Capture
from pledgebook.sources.errors import ArchiveFailed
from pledgebook.sources.remote_files import RemoteFiles
from pledgebook.sources.warc_files import read_record

ORIGIN = ".origin"


class RecordFiles:
    """The files below a folder or an s3:// address, each opened once."""

    def __init__(self, raw: str | Path) -> None:
        self._folder = None if is_remote(raw) else Path(raw)
        self._remote = str(raw) if is_remote(raw) else origin_of(raw)
        self._open_files: dict[str, BinaryIO] = {}

    def read_at(self, file: str, offset: int) -> bytes:
        """The content of the record of a file at an offset. Raises FileNotFoundError, ArchiveFailed."""
        with self._told(file):
            if file not in self._open_files:
                self._open_files[file] = self._opened(file)
            return read_record(self._open_files[file], offset)

    def content(self, capture: Capture) -> bytes:
        """The bytes of a capture. Raises FileNotFoundError, ArchiveFailed."""
        if capture.file.endswith(".warc.gz"):
            return self.read_at(capture.file, capture.offset)
        # A sample that a user loads from elsewhere is stored like any capture; only the bundled ones lie as plain files.
        with self._told(capture.file), closing(self._opened(capture.file)) as opened:
            return bytes(opened.read())

    def close(self) -> None:
        """Closes what was opened; the next use opens it again."""
        for file in self._open_files.values():
            file.close()
        self._open_files.clear()

    def _opened(self, file: str) -> BinaryIO:
        path = self._folder and self._folder / file
        if path and (self._remote is None or path.exists()):
            return path.open("rb")
        return self._remote_files.open(file)

    @cached_property
    def _remote_files(self) -> RemoteFiles:
        return RemoteFiles(str(self._remote))

    @contextmanager
    def _told(self, file: str) -> Iterator[None]:
        if self._remote is None:
            yield
            return
        from pledgebook.releases.places.bucket import StoreFailed, store_errors

        try:
            with store_errors():
                yield
        except StoreFailed as error:
            raise ArchiveFailed(f"{self._remote}/{file} cannot be read: {error}; run again to go on") from error


def is_remote(raw: str | Path) -> bool:
    """Whether an archive lies in an object store."""
    return str(raw).startswith("s3://")


def origin_of(raw: str | Path) -> str | None:
    """The address of the archive that a folder is the working copy of, or None."""
    return next(iter(_origin(raw)), None)


def held_at_origin(raw: str | Path) -> frozenset[str]:
    """The WARC files that the archive of a working copy held when the copy was brought up to date."""
    return frozenset(_origin(raw)[1:])


def _origin(raw: str | Path) -> list[str]:
    origin = Path(raw) / ORIGIN
    return origin.read_text("utf-8").splitlines() if origin.exists() else []
