"""Publish a version whole or not at all.

The steps run in their order. Until the index lists the version, readers do not see it and the next run clears it
away; from then on it exists, and what follows from the index is written again by any later run.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from pledgebook.releases.errors import PublicationFailed
from pledgebook.releases.files import (
    SUMS,
    Release,
    sha256,
    write_codelists,
    write_csv,
    write_documents,
    write_parquet,
    write_sums,
)
from pledgebook.releases.place import STAGING, Entry, folder_of, list_version, read_index, refresh, sync_folder
from schemas import SCHEMA_VERSION

Step = Callable[[Path, Release], None]


def open_staging(place: Path, release: Release) -> None:
    """Make the folder that the version is written in."""
    (place / STAGING).mkdir()


def staged(write: Callable[[Release, Path], None]) -> Step:
    """Make a step of a function that writes into a folder."""
    return lambda place, release: write(release, place / STAGING)


def settle(place: Path, release: Release) -> None:
    """Wait until the names of all files are on the disk."""
    for folder in [place / STAGING, *(path for path in (place / STAGING).iterdir() if path.is_dir())]:
        sync_folder(folder)


def move_into_place(place: Path, release: Release) -> None:
    """Give the folder the name of its version."""
    (place / STAGING).rename(folder_of(place, release.version))
    sync_folder(place)


def commit(place: Path, release: Release) -> None:
    """List the version in the index."""
    entry = Entry(
        version=release.version,
        date=release.date,
        schema=SCHEMA_VERSION,
        codebook=release.origin.codebook,
        extractor=release.origin.extractor,
        code=release.origin.code,
        readouts=release.tables["readouts"].height,
        commitments=release.tables["commitments"].height,
        sums=sha256(folder_of(place, release.version) / SUMS),
    )
    list_version(place, entry)


def summarise(place: Path, release: Release) -> None:
    """Write `latest.json` and the changelog of all versions."""
    refresh(place)


STEPS: list[Step] = [
    open_staging,
    staged(write_parquet),
    staged(write_csv),
    staged(write_codelists),
    staged(write_documents),
    staged(write_sums),
    settle,
    move_into_place,
    commit,
    summarise,
]


def publish(place: Path, release: Release) -> None:
    """Run the steps. Raises PublicationFailed, which says what stands."""
    try:
        for step in STEPS:
            step(place, release)
    except OSError as error:
        listed = [entry.version for entry in read_index(place)]
        if release.version in listed:
            standing = f"Version {release.version} is published; the next run completes the summaries beside it."
        else:
            shutil.rmtree(place / STAGING, ignore_errors=True)
            standing = f"Nothing was published; {place} still holds {listed[-1] if listed else 'no version'}."
        raise PublicationFailed(f"Writing version {release.version} failed: {reason(error)}. {standing}") from error


def reason(error: OSError) -> str:
    """Name what the system refused, and the file where it says which."""
    said = error.strerror or str(error)
    return f"{said} ({error.filename})" if error.filename else said
