"""A place that releases are published to: a folder, or a prefix of a bucket in an object store.

index.json     the versions that are published; the commit point: readers trust only what it lists
latest.json    the newest version that was not withdrawn
CHANGELOG.md   the changelogs of all versions, newest first
feed.xml       the same as an Atom feed
.read.parquet  what was read for the newest version, so that the next run need not read it again
vX.Y.Z/        one version, never changed once it is listed

Both kinds of place keep the same promise: whatever is killed when, the place holds the old state or the new one, and
of two publishers one wins and the other is told so.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.places.folder_place import FolderPlace
from pledgebook.releases.places.index import INDEX, Entry, chosen, parse_index
from pledgebook.releases.places.object_place import ObjectPlace
from pledgebook.sources.errors import WrongUse


class Place(Protocol):
    """What a place can do. Names are relative to it, with `/`; `address` is what a user calls it by."""

    address: str

    def publishing(self) -> AbstractContextManager[None]:
        """Hold the place, so that no two runs make one version. Raises PlaceBusy, PublicationFailed."""

    def read(self, name: str) -> bytes:
        """Return the bytes of a file. Raises FileNotFoundError; while the place is held, the index is what it was then."""

    def readable(self, name: str) -> Path | BytesIO:
        """Return a file as something that Polars and pyarrow read. Raises FileNotFoundError."""

    def files(self, folder: str) -> list[str]:
        """Return the names of the files of a version relative to its folder, sorted."""

    def folders(self) -> set[str]:
        """Return the names of the folders in the place, published versions or not."""

    def shown(self, name: str) -> str:
        """Return the address of a file, for messages."""

    def open_staging(self) -> Path:
        """Return an empty folder on this machine in which a version is written."""

    def take_in(self, staging: Path, folder: str) -> None:
        """Give what was written its place; until the index lists it, no reader sees it."""

    def commit(self, index: str) -> None:
        """Put the index in its place: the moment from which a version exists. Raises PlaceBusy when it changed since it was read."""

    def replace(self, name: str, content: bytes) -> None:
        """Put bytes in a file's place in one step, so that a reader finds the old ones or the new ones."""

    def remove(self, folder: str) -> None:
        """Take away a folder that is not published."""

    def discard_staging(self) -> None:
        """Take away what was being written."""


def open_place(address: str | Path | Place) -> Place:
    """Return the place at an address: a folder, or `s3://bucket/prefix`. Raises WrongUse for any other address."""
    if not isinstance(address, str | Path):
        return address
    if not str(address).strip():
        raise WrongUse("the place of the releases has no name: give a folder, or s3://bucket/prefix")
    if str(address).startswith("s3://"):
        if not urlsplit(str(address)).netloc:
            raise WrongUse(f"{address} names no bucket: name one, as in s3://bucket/prefix")
        return ObjectPlace(str(address))
    if "://" in str(address):
        raise WrongUse(f"releases cannot be kept at {address}: name a folder, or s3://bucket/prefix")
    return FolderPlace(Path(address))


def read_index(place: Place) -> list[Entry]:
    """Return the published versions, oldest first; none when nothing was published. Raises ReleaseError."""
    try:
        text = place.read(INDEX)
    except FileNotFoundError:
        text = None
    except OSError as error:
        raise ReleaseError(f"{place.shown(INDEX)} cannot be read: {error.strerror or error}.") from error
    return parse_index(text, place.shown(INDEX))


def entry_of(address: str | Path | Place, version: str) -> Entry:
    """Return the index entry of a version, by number or `latest`. Raises UnknownVersion."""
    place = open_place(address)
    return chosen(read_index(place), version, place.address)
