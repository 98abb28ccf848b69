"""Copy all versions of a place to another one, version by version, each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from pledgebook.releases.errors import PublicationFailed, ReleaseError, reason
from pledgebook.releases.places.disk import write_bytes
from pledgebook.releases.places.index import Entry
from pledgebook.releases.places.place import Place, open_place, read_index
from pledgebook.releases.places.published import published_sums
from pledgebook.releases.publication import clean, list_versions
from pledgebook.releases.verification import sum_problems
from pledgebook.sources.errors import WrongUse


class Mirrored(NamedTuple):
    """How many versions were copied, how many the destination held before, and how many of these had to be made whole again."""

    copied: int
    held: int
    mended: int


def mirror_releases(source: str | Path | Place, destination: str | Path | Place) -> Mirrored:
    """Copy what the destination does not hold whole; return the numbers of versions.

    Every file is held against its sum: before it is copied, and afterwards with all others at the destination. Marks of withdrawn
    versions are copied as well. Raises WrongUse when there is nothing to copy, ReleaseError when a file is not as it was
    published or the destination holds another book, PlaceBusy and PublicationFailed.
    """
    here, there = open_place(source), open_place(destination)
    wanted = read_index(here)
    if not wanted:
        raise WrongUse(f"{here.address} lists no version to copy")
    with there.publishing():
        clean(there)
        held = read_index(there)
        refuse_another_book(there, held, wanted)
        try:
            damaged = [entry for entry in held if not_whole(there, entry)]
            for entry in damaged:
                copy(here, there, entry)
            for count, entry in enumerate(wanted[len(held) :], start=len(held) + 1):
                copy(here, there, entry)
                list_versions(there, wanted[:count])
            list_versions(there, wanted)
            problems = [problem for entry in wanted for problem in not_whole(there, entry)]
        except OSError as error:
            raise PublicationFailed(f"{there.address} cannot be read or written: {reason(error)}.") from error
    if problems:
        raise ReleaseError(f"The copy in {there.address} is not whole: {'; '.join(problems)}. Run mirror again.")
    return Mirrored(len(wanted) - len(held), len(held), len(damaged))


def not_whole(place: Place, entry: Entry) -> list[str]:
    """Return which files of a version are not as they were published; none when it is whole.

    Raises OSError when the place cannot be read: a whole version must not be taken for a damaged one.
    """
    try:
        return sum_problems(place, entry, published_sums(place, entry))
    except ReleaseError as error:
        unread = error.__cause__
        if isinstance(unread, OSError) and not isinstance(unread, FileNotFoundError):
            raise unread from error
        return [str(error)]


def refuse_another_book(there: Place, held: Sequence[Entry], wanted: Sequence[Entry]) -> None:
    """Raise ReleaseError when the destination holds a version that the source does not, or another one of that number."""
    for position, entry in enumerate(held):
        if position >= len(wanted) or (entry.version, entry.sums) != (wanted[position].version, wanted[position].sums):
            raise ReleaseError(
                f"{there.address} holds a version {entry.version} that is not the one to be copied: name another place."
            )


def copy(here: Place, there: Place, entry: Entry) -> None:
    """Copy the files of one version, in the place of a damaged copy if there is one; the caller lists it."""
    try:
        problems = not_whole(here, entry)
    except OSError as error:
        problems = [f"{here.shown(entry.folder)} cannot be read: {reason(error)}"]
    if problems:
        raise ReleaseError(f"Version {entry.version} was not copied: {'; '.join(problems)}.")
    staging = there.open_staging()
    try:
        for name in here.files(entry.folder):
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            write_bytes(staging / name, here.read(f"{entry.folder}/{name}"))
        # A damaged copy of the version makes way once the whole one lies ready.
        there.remove(entry.folder)
        there.take_in(staging, entry.folder)
    finally:
        there.discard_staging()
