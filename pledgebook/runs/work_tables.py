"""The two kinds of work area: a folder, and a prefix of a bucket."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import polars as pl

from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.places.bucket import Bucket, StoreFailed
from pledgebook.sources.warc_writer import clear_message_when_full


class FolderArea:
    """A work area in a folder; see `WorkArea`."""

    def __init__(self, folder: Path) -> None:
        # Another process may have another working directory.
        self._folder = folder.absolute()
        self.address = str(self._folder)

    def has(self, name: str) -> bool:
        """Whether the file is there."""
        return self.readable(name).exists()

    def write(self, name: str, table: pl.DataFrame) -> None:
        """Writes the file aside and gives it its name in one step."""
        path = self.readable(name)
        with clear_message_when_full(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            # Of two steps that write the same table, be it on two machines, each needs a file of its own until its name is given.
            beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
            table.write_parquet(beside)
            beside.replace(path)

    def readable(self, name: str) -> Path:
        """The path of the file."""
        return self._folder / f"{name}.parquet"

    def read(self, name: str) -> pl.DataFrame:
        """The file's table."""
        return pl.read_parquet(self.readable(name))

    def remove(self, name: str) -> None:
        """Takes the folder of that name away."""
        shutil.rmtree(self._folder / name, ignore_errors=True)


class BucketArea:
    """A work area under a prefix of a bucket, where an object is always whole; see `WorkArea`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._bucket = Bucket(address)

    def has(self, name: str) -> bool:
        """Whether the object is there."""
        with self._told(name):
            return self._bucket.size(_file(name)) is not None

    def write(self, name: str, table: pl.DataFrame) -> None:
        """Puts the object."""
        content = BytesIO()
        table.write_parquet(content)
        with self._told(name):
            self._bucket.overwrite(_file(name), content.getvalue())

    def readable(self, name: str) -> BytesIO:
        """The object in memory."""
        with self._told(name):
            return BytesIO(self._bucket.get(_file(name)).content)

    def read(self, name: str) -> pl.DataFrame:
        """The object's table."""
        return pl.read_parquet(self.readable(name))

    def remove(self, name: str) -> None:
        """Takes the objects away."""
        with self._told(name):
            self._bucket.delete([f"{name}/{file}" for file in self._bucket.names(name)])

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except StoreFailed as error:
            raise ReleaseError(
                f"{self.address}/{name} cannot be read or written: {error}. Run again to go on from what is there."
            ) from error


def _file(name: str) -> str:
    return f"{name}.parquet"
