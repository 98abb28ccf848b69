"""One version at its place: what the index says of it, and its files."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pledgebook.reading.locations import Location, location
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.places.index import INDEX, Entry, chosen, parse_index
from pledgebook.releases.places.sums import SUMS, parse_sums

DEMONSTRATION = "0."


@dataclass(frozen=True)
class Book:
    """A version; `entry` is what the index says of it."""

    place: Location
    entry: Entry

    @cached_property
    def sums(self) -> dict[str, str]:
        """The SHA-256 of each file by name. Raises ReleaseError when they are not those that the index vouches for."""
        name = f"{self.entry.folder}/{SUMS}"
        try:
            text = self.place.read(name)
        except OSError as error:
            raise ReleaseError(
                f"{self.place.address}/{name} cannot be read ({error}); the version is not whole."
            ) from error
        if hashlib.sha256(text).hexdigest() != self.entry.sums:
            raise ReleaseError(
                f"{self.place.address}/{name} is not the one that the index names; the version was damaged."
            )
        return parse_sums(text)

    def local(self, name: str) -> Path:
        """A file of the version on this machine. Raises ReleaseError when it has no such file."""
        return self.place.local(f"{self.entry.folder}/{name}", self._digest(name))

    def scannable(self, name: str) -> str | Path:
        """A path or an address of the file from which Polars reads what it needs."""
        return self.place.scannable(f"{self.entry.folder}/{name}", self._digest(name))

    def _digest(self, name: str) -> str:
        if name not in self.sums:
            kind = Path(name).suffix
            alike = sorted(
                Path(other).stem
                for other in self.sums
                if Path(other).parent == Path(name).parent and other.endswith(kind)
            )
            raise ReleaseError(f"Version {self.entry.version} has no {Path(name).stem}; it has {', '.join(alike)}.")
        return self.sums[name]


def entries(place: Location) -> list[Entry]:
    """The versions that a place lists, oldest first. Raises ReleaseError when it lists none."""
    try:
        listed = parse_index(place.read(INDEX), f"{place.address}/{INDEX}")
    except FileNotFoundError:
        listed = []
    except OSError as error:
        raise ReleaseError(f"{place.address}/{INDEX} cannot be read: {error.strerror or error}.") from error
    if not listed:
        advice = "Name" if "://" in place.address else "Make one with `make run`, or name"
        raise ReleaseError(
            f"{place.address} holds no version. {advice} another place: releases=…, or PLEDGEBOOK_RELEASES."
        )
    return listed


def opened(version: str, releases: str | Path | None) -> Book:
    """A version of a place, by number or `latest`; warns of one that was withdrawn, and of a demonstration. Raises UnknownVersion, ReleaseError."""
    book = book_of(version, releases)
    if book.entry.withdrawn is not None:
        warnings.warn(f"Version {book.entry.version} was withdrawn: {book.entry.withdrawn}", stacklevel=3)
    if book.entry.version.startswith(DEMONSTRATION):
        warnings.warn(
            f"Version {book.entry.version} is a demonstration made of bundled summaries: its figures mean nothing.",
            stacklevel=3,
        )
    return book


def book_of(version: str, releases: str | Path | None) -> Book:
    """The same for callers that tell of both themselves."""
    place = location(releases)
    return Book(place, chosen(entries(place), str(version), place.address))
