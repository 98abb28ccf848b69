"""Withdraw a version: its files stay for those who cited it, and nobody is led to it any more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pledgebook.releases.errors import PublicationFailed, ReleaseError, reason
from pledgebook.releases.places.index import chosen, last_good
from pledgebook.releases.places.place import Place, open_place, read_index
from pledgebook.releases.publication import clean, list_versions
from pledgebook.sources.errors import WrongUse


def withdraw_version(address: str | Path | Place, version: str, why: str) -> tuple[str, str | None]:
    """Mark a version as withdrawn and return its number and that of the last good one, None when there is none.

    Raises WrongUse without a reason, UnknownVersion, ReleaseError when it is withdrawn already, PlaceBusy and PublicationFailed.
    """
    if not why.strip():
        raise WrongUse("say with --reason why the version is withdrawn; those who have used it will read it")
    place = open_place(address)
    # Before a place that is mistyped would be made.
    chosen(read_index(place), version, place.address)
    with place.publishing():
        clean(place)
        entries = read_index(place)
        entry = chosen(entries, version, place.address)
        if entry.withdrawn is not None:
            raise ReleaseError(f"Version {entry.version} is withdrawn already: {entry.withdrawn}")
        marked = [replace(one, withdrawn=" ".join(why.split())) if one == entry else one for one in entries]
        try:
            list_versions(place, marked)
        except OSError as error:
            raise PublicationFailed(f"{place.address} cannot be written: {reason(error)}.") from error
    newest = last_good(marked)
    return entry.version, newest.version if newest else None
