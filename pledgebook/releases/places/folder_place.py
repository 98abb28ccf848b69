"""A folder that releases are published to.

.staging/      a version that is being written; it gets its name in one step
.work/         what the steps of a run leave for each other
.lock          held by the run that publishes; the system gives it up when the run dies
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pledgebook.releases.errors import PlaceBusy, PublicationFailed, reason
from pledgebook.releases.places.disk import files_below, sync_folder, write_bytes
from pledgebook.releases.places.index import INDEX

STAGING, LOCK = ".staging", ".lock"


class FolderPlace:
    """A place on a disk; see `Place`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = str(folder)

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Hold the folder's lock."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.folder / LOCK, timeout=0)
            lock.acquire()
        except Timeout as error:
            raise PlaceBusy(f"Another run is publishing to {self.address}; run again when it has finished.") from error
        except OSError as error:
            raise PublicationFailed(f"{self.address} cannot be written: {reason(error)}.") from error
        try:
            yield
        finally:
            lock.release()

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return (self.folder / name).read_bytes()

    def readable(self, name: str) -> Path:
        """Return the path of a file."""
        path = self.folder / name
        path.stat()
        return path

    def files(self, folder: str) -> list[str]:
        """Return the names of the files of a version."""
        return files_below(self.folder / folder)

    def folders(self) -> set[str]:
        """Return the names of the folders in the place."""
        return {path.name for path in self.folder.iterdir() if path.is_dir()}

    def shown(self, name: str) -> str:
        """Return the path of a file."""
        return str(self.folder / name)

    def open_staging(self) -> Path:
        """Make the staging folder, beside the versions so that it can be renamed to one."""
        (self.folder / STAGING).mkdir()
        return self.folder / STAGING

    def take_in(self, staging: Path, folder: str) -> None:
        """Rename the staging folder once the names of all files are on the disk."""
        for written in [staging, *(path for path in staging.iterdir() if path.is_dir())]:
            sync_folder(written)
        staging.rename(self.folder / folder)
        sync_folder(self.folder)

    def commit(self, index: str) -> None:
        """Replace the index; the lock keeps others from it."""
        self.replace(INDEX, index.encode())

    def replace(self, name: str, content: bytes) -> None:
        """Write a file beside the old one and rename it."""
        path = self.folder / name
        if path.exists() and path.read_bytes() == content:
            return
        beside = path.with_name(f".{path.name}.new")
        write_bytes(beside, content)
        beside.replace(path)
        sync_folder(path.parent)

    def remove(self, folder: str) -> None:
        """Take away a folder that is not published."""
        shutil.rmtree(self.folder / folder, ignore_errors=True)

    def discard_staging(self) -> None:
        """Take away the staging folder."""
        self.remove(STAGING)
