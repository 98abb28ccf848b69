"""Files to and from an object store, and what is sent of a database."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import obstore

from pledgebook.releases.places.bucket import Bucket
from pledgebook.sources.warc_writer import clear_message_when_full


class ArchiveBucket(Bucket):
    """A prefix of a bucket with files too large for memory."""

    def sizes(self) -> dict[str, int]:
        """The size of each object by name."""
        found = obstore.list(self.store).collect()
        return {str(one["path"]): int(one["size"]) for one in found}

    def send(self, path: Path, name: str) -> None:
        """Put a file; in parts when it is large, of which nobody sees any until all are there."""
        obstore.put(self.store, name, path)

    def receive(self, name: str, path: Path) -> None:
        """Fetch a file; it has its name once it is whole. Raises FileNotFoundError, StorageFull."""
        beside = path.with_name(f".{path.name}.new")
        with clear_message_when_full(path):
            path.parent.mkdir(exist_ok=True)
            with beside.open("wb") as file:
                for part in obstore.get(self.store, name).stream():
                    file.write(part)
        beside.replace(path)


def database_copy(database: Path, copy: Path) -> Path:
    """Copy an SQLite database as it stands, with what its journal holds; of one that did not change the copies have the same bytes.

    Raises StorageFull.
    """
    with clear_message_when_full(copy):
        copy.parent.mkdir(exist_ok=True)
        with closing(sqlite3.connect(database)) as held, closing(sqlite3.connect(copy)) as other:
            held.backup(other)
    return copy


def sum_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
