"""The work area of a run: tables that its steps leave for each other, each there as a whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from pledgebook.releases.places.folder_place import FolderPlace
from pledgebook.releases.places.place import open_place
from pledgebook.sources.warc_writer import clear_message_when_full

WORK = ".work"


class WorkArea:
    """The tables below a folder, by name; a name may have parts, as `white-house-1f0c/readouts`."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def has(self, name: str) -> bool:
        """Whether a table is there."""
        return self._path(name).exists()

    def write(self, name: str, table: pl.DataFrame) -> None:
        """Writes a table. Raises StorageFull when the disk is full."""
        path = self._path(name)
        with clear_message_when_full(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            # Of two steps that write the same table, each needs a file of its own until its name is given.
            beside = path.with_name(f".{path.name}.{os.getpid()}")
            table.write_parquet(beside)
            beside.replace(path)

    def read(self, name: str) -> pl.DataFrame:
        """The table of that name."""
        return pl.read_parquet(self._path(name))

    def readable(self, name: str) -> Path:
        """The table of that name as something that Polars reads."""
        return self._path(name)

    def remove(self, name: str) -> None:
        """Takes away all tables whose names begin with `name/`."""
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"


@contextmanager
def work_area(releases: str, *, dry_run: bool) -> Iterator[WorkArea]:
    """The work area of a run: beside the releases where those lie in a folder, so that a killed run goes on; else a temporary one."""
    place = open_place(releases)
    if isinstance(place, FolderPlace) and not dry_run:
        yield WorkArea(place.folder / WORK)
        return
    with TemporaryDirectory(prefix="pledgebook-") as folder:
        yield WorkArea(folder)
