"""The work area of a run: tables that its steps leave for each other, each there as a whole or not at all.

It lies in a folder or in an object store; steps on other machines open it by its address.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import polars as pl

from pledgebook.releases.errors import PlaceBusy
from pledgebook.releases.places.folder_place import FolderPlace
from pledgebook.releases.places.place import open_place
from pledgebook.runs.work_tables import BucketArea, FolderArea
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.record_files import is_remote

WORK = ".work"


class WorkArea(Protocol):
    """The tables below an address, by name; a name may have parts, as `white-house-1f0c/readouts`."""

    address: str

    def has(self, name: str) -> bool:
        """Whether a table is there."""

    def write(self, name: str, table: pl.DataFrame) -> None:
        """Writes a table. Raises StorageFull when the disk is full, ReleaseError when the object store refuses."""

    def readable(self, name: str) -> Path | BytesIO:
        """A table as something that Polars reads. Raises FileNotFoundError."""

    def read(self, name: str) -> pl.DataFrame:
        """The table of that name. Raises FileNotFoundError."""

    def remove(self, name: str) -> None:
        """Takes away all tables whose names begin with `name/`."""


def work_area_at(address: str) -> WorkArea:
    """The work area that another step made. Raises WrongUse when it is a folder that this machine does not have."""
    refuse_missing_folder(address)
    return BucketArea(address) if is_remote(address) else FolderArea(Path(address))


def refuse_missing_folder(address: str | Path) -> None:
    """Raises WrongUse when an address is a folder that this machine, unlike the one where the run began, does not have."""
    if not is_remote(address) and not Path(address).is_dir():
        raise WrongUse(
            f"{socket.gethostname()} has no folder {address}: machines that work together need releases and raw archive "
            "in folders that all of them share under one path, or at s3:// addresses"
        )


@contextmanager
def work_area(releases: str, *, dry_run: bool) -> Iterator[WorkArea]:
    """The work area of a run: beside the releases, so that a killed run goes on; a temporary one where nothing may be written there.

    Raises PlaceBusy when another run that read the same documents has published them meanwhile, and removed their tables.
    """
    if dry_run:
        with TemporaryDirectory(prefix="pledgebook-") as folder:
            yield FolderArea(Path(folder))
        return
    place = open_place(releases)
    area = FolderArea(place.folder / WORK) if isinstance(place, FolderPlace) else BucketArea(f"{place.address}/{WORK}")
    try:
        yield area
    except FileNotFoundError as error:
        if f"/{WORK}/" not in str(error):
            raise
        raise PlaceBusy(
            f"Another run has published what this one was reading, and removed its tables from {area.address}; run again."
        ) from error
