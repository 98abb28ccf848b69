"""Publish a version whole or not at all.

The steps run in their order. Until the index lists the version, readers do not see it and the next run clears it
away; from then on it exists, and what follows from the index is written again by any later run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from pledgebook.releases.errors import PublicationFailed, ReleaseError, reason
from pledgebook.releases.places.bucket import OutcomeUnknown
from pledgebook.releases.places.index import INDEX, Entry, index_text
from pledgebook.releases.places.place import Place, read_index
from pledgebook.releases.places.sums import SUMS, sha256
from pledgebook.releases.texts.summaries import summaries
from pledgebook.releases.writing.descriptors import write_descriptors
from pledgebook.releases.writing.files import (
    Release,
    write_codelists,
    write_csv,
    write_documents,
    write_parquet,
    write_sums,
)
from pledgebook.releases.writing.signature import sign
from schemas import SCHEMA_VERSION

VERSION_FOLDER = re.compile(r"v\d+\.\d+\.\d+")
FIRST_FOLDERS = {"v0.1.0", "v1.0.0"}

Writer = Callable[[Release, Path], None]

# What is written into the staging folder; sums come when all they vouch for is there.
WRITERS: list[Writer] = [
    write_parquet,
    write_csv,
    write_codelists,
    write_descriptors,
    write_documents,
    write_sums,
    sign,
]


def publish(place: Place, release: Release) -> None:
    """Write a version and list it; the place is held by the caller. Raises PublicationFailed, which says what stands, and PlaceBusy."""
    try:
        staging = place.open_staging()
        for write in WRITERS:
            write(release, staging)
        entry = entry_for(release, staging)
        place.take_in(staging, entry.folder)
        list_versions(place, [*read_index(place), entry])
    except OSError as error:
        raise failed(place, release.version, error) from error
    finally:
        place.discard_staging()


def entry_for(release: Release, staging: Path) -> Entry:
    """Return what the index will say of the version."""
    return Entry(
        version=release.version,
        date=release.date,
        schema=SCHEMA_VERSION,
        codebook=release.origin.codebook,
        extractor=release.origin.extractor,
        code=release.origin.code,
        readouts=release.tables["readouts"].height,
        commitments=release.tables["commitments"].height,
        sums=sha256(staging / SUMS),
    )


def list_versions(place: Place, entries: Sequence[Entry]) -> None:
    """Put the index in its place, the commit point, and then what follows from it."""
    # All texts are there before anything is listed: one that cannot be written must not leave a place half changed.
    texts = summaries(place, entries)
    place.commit(index_text(entries))
    for name, text in texts.items():
        place.replace(name, text.encode())


def failed(place: Place, version: str, error: OSError) -> PublicationFailed:
    """Return the error that says what stands after a failure to write."""
    listed = [entry.version for entry in read_index(place)]
    if isinstance(error, OutcomeUnknown):
        standing = "Whether it was published is not known: look with pledgebook verify, then run again."
    elif version in listed:
        standing = f"Version {version} is published; the next run completes the summaries beside it."
    else:
        standing = f"Nothing was published; {place.address} still holds {listed[-1] if listed else 'no version'}."
    return PublicationFailed(f"Writing version {version} failed: {reason(error)}. {standing}")


def clean(place: Place) -> None:
    """Take away what a killed run left: its staging folder, a version that was never listed, stale summaries.

    Raises ReleaseError when the index is missing though versions stand: they are not leftovers then.
    """
    entries = read_index(place)
    stray = {name for name in place.folders() if VERSION_FOLDER.fullmatch(name)} - {entry.folder for entry in entries}
    if not entries and not stray <= FIRST_FOLDERS:
        raise ReleaseError(
            f"{place.address} holds versions but no {INDEX}. Restore it from a copy; nothing was changed."
        )
    try:
        for name in sorted(stray):
            place.remove(name)
        place.discard_staging()
        for name, text in summaries(place, entries).items():
            place.replace(name, text.encode())
    except OSError as error:
        raise PublicationFailed(f"{place.address} cannot be written: {reason(error)}.") from error
