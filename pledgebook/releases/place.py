"""The place that releases are published to: its index, its versions, its lock, and what a killed run left behind.

index.json     the versions that are published, oldest first; readers trust only what it lists
latest.json    the newest of them
CHANGELOG.md   the changelogs of all versions, newest first
vX.Y.Z/        one version, never changed once it is listed
.staging/      a version that is being written
.lock          held by the run that publishes
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

import polars as pl
from filelock import FileLock, Timeout

from pledgebook.releases.errors import PlaceBusy, ReleaseError, UnknownVersion
from pledgebook.releases.frames import Tables, empty, empty_tables
from schemas import SCHEMA_VERSION, TABLES

INDEX, LATEST, CHANGELOG, STAGING, LOCK = "index.json", "latest.json", "CHANGELOG.md", ".staging", ".lock"
VERSION_FOLDER = re.compile(r"v\d+\.\d+\.\d+")
FIRST_FOLDERS = {"v0.1.0", "v1.0.0"}
CHANGELOG_HEAD = "# Changelog\n\nWhat changed in the dataset, newest version first.\n"


@dataclass(frozen=True)
class Entry:
    """What the index says of one version; `sums` is the SHA-256 of its SHA256SUMS."""

    version: str
    date: str
    schema: str
    codebook: str
    extractor: str
    code: str
    readouts: int
    commitments: int
    sums: str


def read_index(place: Path) -> list[Entry]:
    """Return the published versions, oldest first; none when nothing was published. Raises ReleaseError."""
    path = place / INDEX
    if not path.exists():
        return []
    try:
        return [Entry(**entry) for entry in json.loads(path.read_text("utf-8"))["versions"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(
            f"{path} cannot be understood ({error}). Restore it from a copy; nothing was changed."
        ) from error


def entry_of(place: Path, version: str) -> Entry:
    """Return the index entry of a version, by number or `latest`. Raises UnknownVersion."""
    entries = read_index(place)
    wanted = entries[-1:] if version == "latest" else [e for e in entries if e.version == version.removeprefix("v")]
    if not wanted:
        listed = ", ".join(entry.version for entry in entries) or "none"
        raise UnknownVersion(f"{place} lists no version {version!r}; it lists: {listed}.")
    return wanted[0]


def folder_of(place: Path, version: str) -> Path:
    """Return the folder of a version."""
    return place / f"v{version}"


def read_table(place: str | Path, name: str, version: str = "latest") -> pl.DataFrame:
    """Read one table of a published version. Raises UnknownVersion when the index does not list it."""
    place = Path(place)
    return pl.read_parquet(folder_of(place, entry_of(place, version).version) / f"{name}.parquet")


def read_tables(place: Path, entry: Entry | None) -> Tables:
    """Read all tables of a version, as published; of no version, and where its schema had no such table, empty ones. Raises ReleaseError when one cannot be read."""
    if entry is None:
        return empty_tables()
    try:
        folder = folder_of(place, entry.version)
        newer = {
            name for name in TABLES if entry.schema != SCHEMA_VERSION and not (folder / f"{name}.parquet").exists()
        }
        return {name: empty(name) if name in newer else read_table(place, name, entry.version) for name in TABLES}
    except (OSError, pl.exceptions.PolarsError) as error:
        raise ReleaseError(
            f"The previous version {entry.version} in {place} cannot be read ({error}). "
            "Restore its files from a copy; nothing was changed."
        ) from error


@contextmanager
def sole_publisher(place: Path) -> Iterator[None]:
    """Hold the place, so that no two runs make one version. Raises PlaceBusy."""
    place.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(place / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise PlaceBusy(f"Another run is publishing to {place}; run again when it has finished.") from error


def clean(place: Path) -> None:
    """Take away what a killed run left: its staging folder, a version that was never listed, stale summaries.

    Raises ReleaseError when the index is missing though versions stand: they are not leftovers then.
    """
    entries = read_index(place)
    listed = {f"v{entry.version}" for entry in entries}
    stray = [path for path in place.iterdir() if VERSION_FOLDER.fullmatch(path.name) and path.name not in listed]
    if not entries and not {path.name for path in stray} <= FIRST_FOLDERS:
        raise ReleaseError(f"{place} holds versions but no {INDEX}. Restore it from a copy; nothing was changed.")
    for path in [*stray, place / STAGING]:
        shutil.rmtree(path, ignore_errors=True)
    refresh(place)


def refresh(place: Path) -> None:
    """Write what follows from the index: `latest.json` and the changelog of all versions."""
    entries = read_index(place)
    if not entries:
        return
    newest = {"version": entries[-1].version, "date": entries[-1].date, "path": f"v{entries[-1].version}"}
    logs = [changelog_of(place, entry) for entry in reversed(entries)]
    replace(place / LATEST, as_text(newest))
    replace(place / CHANGELOG, "\n".join([CHANGELOG_HEAD, *logs]))


def changelog_of(place: Path, entry: Entry) -> str:
    """Return what a version says of itself; of one whose files are gone, what the index knows."""
    path = folder_of(place, entry.version) / CHANGELOG
    if path.exists():
        return path.read_text("utf-8")
    return (
        f"## {entry.version}, {entry.date}\n\nThe files of this version are missing here: restore them from a copy.\n"
    )


def list_version(place: Path, entry: Entry) -> None:
    """Add a version to the index: the moment from which it exists."""
    versions = [asdict(listed) for listed in [*read_index(place), entry]]
    replace(place / INDEX, as_text({"format": 1, "versions": versions}))


def as_text(content: dict[str, Any]) -> str:
    """Return JSON as it stands in the files of a place."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def replace(path: Path, text: str) -> None:
    """Put a text in a file's place in one step, so that a reader finds the old one or the new one."""
    if path.exists() and path.read_text("utf-8") == text:
        return
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(text.encode())
        sync(file)
    beside.replace(path)
    sync_folder(path.parent)


def sync(file: IO[bytes]) -> None:
    """Wait until a file's bytes are on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
