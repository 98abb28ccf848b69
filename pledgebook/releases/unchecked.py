"""What `verify` has to take on trust: quotes without a text, rows of another schema, a signature that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from pledgebook.releases.places.index import Entry
from pledgebook.releases.places.place import Place, entry_of, open_place
from pledgebook.releases.places.published import read_table
from pledgebook.releases.places.sums import SIGNATURE, SUMS
from pledgebook.releases.writing.signature import SigningSettings
from schemas import SCHEMA_VERSION


def unchecked(address: str | Path | Place, version: str = "latest") -> list[str]:
    """Return, in sentences, what of a version without problems was held against nothing. Raises UnknownVersion, ReleaseError."""
    place = open_place(address)
    entry = entry_of(place, version)
    return [*unchecked_rows(place, entry), *unchecked_signature(place, entry)]


def unchecked_rows(place: Place, entry: Entry) -> Iterator[str]:
    """Tell how many quotes stand alone, or that no row was checked."""
    if entry.schema != SCHEMA_VERSION:
        yield (
            f"Rows and quotes were not checked, only their sums: the version has schema {entry.schema}, "
            f"and this Pledgebook knows the rules of {SCHEMA_VERSION}."
        )
        return
    readouts, commitments = (read_table(place, name, entry.version) for name in ("readouts", "commitments"))
    alone = commitments.join(readouts.filter(pl.col("text").is_null()), on="readout_id", how="semi").height
    if alone:
        yield (
            f"{alone:,} of {commitments.height:,} quotes could not be held against a text: the release leaves it out "
            "where no licence is known that allows to republish it (see readouts.licence)."
        )


def unchecked_signature(place: Place, entry: Entry) -> Iterator[str]:
    """Tell of a signature that stands there though nobody is named who may sign."""
    if SIGNATURE in place.files(entry.folder) and SigningSettings().allowed_signers is None:
        yield (
            f"The signature {SIGNATURE} beside {SUMS} was not checked: name in PLEDGEBOOK_ALLOWED_SIGNERS a file of "
            "those who may sign (a line each: name@example.org ssh-ed25519 AAAA…)."
        )
