"""Read the tables of a published version, each file held against the sums of its version and of the index."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl

from pledgebook.releases.book.texts import Texts, without_texts
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.frames import Tables, empty, empty_tables
from pledgebook.releases.mapped import mapped
from pledgebook.releases.places.index import Entry, last_good
from pledgebook.releases.places.place import Place, entry_of, open_place, read_index
from pledgebook.releases.places.sums import SUMS, parse_sums, sha256
from schemas import SCHEMA_VERSION, TABLES


def read_table(address: str | Path | Place, name: str, version: str = "latest") -> pl.DataFrame:
    """Read one table of a published version. Raises UnknownVersion when the index does not list it, ReleaseError when it cannot be read."""
    place = open_place(address)
    file = f"{entry_of(place, version).folder}/{name}.parquet"
    try:
        return pl.read_parquet(place.readable(file))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ReleaseError(
            f"{place.shown(file)} cannot be read ({error}). Look what else is missing with pledgebook verify."
        ) from error


def published_readouts(address: str | Path | Place) -> frozenset[str]:
    """Return the identifiers of the readouts of the newest good version; none when there is no version."""
    entry = last_good(read_index(open_place(address)))
    return frozenset(read_table(address, "readouts", entry.version)["readout_id"]) if entry else frozenset()


def read_tables(place: Place, entry: Entry | None) -> Tables:
    """Read all tables of a version, as published but without texts; of no version, and where its schema had no such table, empty ones.

    Raises ReleaseError, which names the file, when one is missing or is not the one that was published.
    """
    if entry is None:
        return empty_tables()
    sums = published_sums(place, entry)
    return {name: published_table(place, entry, name, sums) for name in TABLES}


def published_texts(place: Place, entry: Entry | None) -> Texts:
    """Return the texts of a version; none of no version."""
    return Texts(pl.scan_parquet(place.readable(f"{entry.folder}/readouts.parquet"), glob=False)) if entry else Texts()


def published_table(place: Place, entry: Entry, name: str, sums: dict[str, str]) -> pl.DataFrame:
    """Read one table, as published; readouts without their texts."""
    if entry.schema != SCHEMA_VERSION and f"{name}.parquet" not in sums:
        return empty(name)
    file = f"{entry.folder}/{name}.parquet"
    try:
        if sha256(place.readable(file)) != sums.get(f"{name}.parquet"):
            raise unlike(place, file, "its sum differs from the published one")
        if name == "readouts":
            return without_texts(pl.scan_parquet(place.readable(file), glob=False))
        return mapped(pl.scan_parquet(place.readable(file), glob=False))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise unlike(place, file, str(error)) from error


def published_bytes(place: Place, entry: Entry, name: str) -> bytes:
    """Return a file of a version, as published. Raises ReleaseError, which names the file."""
    file = f"{entry.folder}/{name}"
    try:
        content = place.read(file)
    except OSError as error:
        raise unlike(place, file, "it cannot be read") from error
    if hashlib.sha256(content).hexdigest() != published_sums(place, entry).get(name):
        raise unlike(place, file, "its sum differs from the published one")
    return content


def published_sums(place: Place, entry: Entry) -> dict[str, str]:
    """Return the SHA-256 of each file of a version by name. Raises ReleaseError when they are not those that the index vouches for."""
    file = f"{entry.folder}/{SUMS}"
    try:
        text = place.read(file)
    except FileNotFoundError as error:
        raise unlike(place, file, "it is missing") from error
    except OSError as error:
        raise unlike(place, file, "it cannot be read") from error
    if hashlib.sha256(text).hexdigest() != entry.sums:
        raise unlike(place, file, "it is not the one that the index names")
    return parse_sums(text)


def unlike(place: Place, file: str, why: str) -> ReleaseError:
    """Return the error that names a file which is not as it was published."""
    return ReleaseError(
        f"{place.shown(file)} is not as it was published: {why}. Restore it from a copy; nothing was changed."
    )
