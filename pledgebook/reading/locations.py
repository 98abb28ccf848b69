"""Where versions are read from: a folder, a web server, or an object store."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pledgebook.releases.errors import ReleaseError
from pledgebook.runs.default_releases import RELEASES, releases_place

# Notebooks lie in a folder of their own, whose data/processed nobody means.
_OF_THE_CHECKOUT = Path(__file__).parents[2] / RELEASES


class Location(Protocol):
    """A place that holds versions; names are relative to it, with `/`."""

    address: str

    def read(self, name: str) -> bytes:
        """The bytes of a small file. Raises FileNotFoundError, and ReleaseError when the place cannot be reached."""

    def local(self, name: str, digest: str) -> Path:
        """A file on this machine that has this SHA-256. Raises ReleaseError."""

    def scannable(self, name: str, digest: str) -> str | Path:
        """A path or an address of the file from which Polars reads what it needs."""


class Folder:
    """A folder on this machine; see `Location`. `pledgebook verify` holds its files against their sums."""

    def __init__(self, folder: Path) -> None:
        self.address = str(folder)
        self._folder = folder

    def read(self, name: str) -> bytes:
        """The bytes of a file."""
        return (self._folder / name).read_bytes()

    def local(self, name: str, digest: str) -> Path:
        """The path of the file."""
        path = self._folder / name
        if not path.is_file():
            raise ReleaseError(
                f"{path} is missing; restore it from a copy, or copy the place anew with pledgebook mirror."
            )
        return path

    def scannable(self, name: str, digest: str) -> Path:
        """The path of the file."""
        return self.local(name, digest)


def location(releases: str | Path | None) -> Location:
    """The place at an address; without one the place that PLEDGEBOOK_RELEASES names, else data/processed here or in Pledgebook's checkout."""
    address = str(releases) if releases is not None else releases_place(None)
    if "://" in address:
        from pledgebook.reading.downloads import Remote

        return Remote(address)
    if address == RELEASES and not Path(address).exists():
        return Folder(_OF_THE_CHECKOUT)
    return Folder(Path(address))
