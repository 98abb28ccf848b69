"""Verify a published version: sums, schemas, keys, quotes at their offsets, and what the index says of it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.releases.book.content_hash import content_hash
from pledgebook.releases.book.soundness import faults
from pledgebook.releases.book.texts import without_texts
from pledgebook.releases.errors import BrokenColumn, ReleaseError, reason
from pledgebook.releases.frames import Tables
from pledgebook.releases.places.index import Entry, last_good
from pledgebook.releases.places.place import Place, entry_of, open_place, read_index
from pledgebook.releases.places.published import published_sums, published_texts
from pledgebook.releases.places.sums import SIGNATURE, SUMS, sha256
from pledgebook.releases.texts.summaries import LATEST, latest_text
from pledgebook.releases.writing.row_groups import groups_in_file
from pledgebook.releases.writing.signature import signature_problems
from schemas import SCHEMA_VERSION, TABLES, arrow_schema


def verify_release(address: str | Path | Place, version: str = "latest") -> list[str]:
    """Return the problems of a version, each naming its file; none when it is sound. Raises UnknownVersion, and WrongUse without the file of those who may sign."""
    place = open_place(address)
    entry = entry_of(place, version)
    try:
        return problems_of(place, entry, published_sums(place, entry))
    except ReleaseError as error:
        return [str(error)]
    except OSError as error:
        return [f"{place.shown(entry.folder)} cannot be read: {reason(error)}"]


def problems_of(place: Place, entry: Entry, sums: dict[str, str]) -> list[str]:
    """Return the problems of a version whose sums are those that the index vouches for."""
    problems = sum_problems(place, entry, sums) + signed_problems(place, entry) + latest_problems(place)
    unreadable, tables = read_back(place, entry, sums)
    problems += unreadable
    # An older schema has its own rules; its sums still vouch for it.
    if unreadable or entry.schema != SCHEMA_VERSION:
        return problems
    return [
        *problems,
        *shape_problems(place, entry, tables),
        *content_problems(place, entry, tables),
        *count_problems(place, entry, tables),
    ]


def sum_problems(place: Place, entry: Entry, sums: dict[str, str]) -> list[str]:
    """Compare the files of a version with their sums."""
    present = set(place.files(entry.folder)) - {SUMS, SIGNATURE}
    problems = [f"{shown(place, entry, name)} is missing" for name in sorted(sums.keys() - present)]
    problems += [f"{shown(place, entry, name)} is not listed in {SUMS}" for name in sorted(present - sums.keys())]
    for name in sorted(sums.keys() & present):
        if sha256(place.readable(f"{entry.folder}/{name}")) != sums[name]:
            problems.append(f"{shown(place, entry, name)} is not the file that was published: its sum differs")
    return problems


def shown(place: Place, entry: Entry, name: str) -> str:
    """Return the address of a file of a version."""
    return place.shown(f"{entry.folder}/{name}")


def signed_problems(place: Place, entry: Entry) -> list[str]:
    """Check the signature of the sums, where those who may sign are named."""
    try:
        signature = place.read(f"{entry.folder}/{SIGNATURE}")
    except FileNotFoundError:
        signature = None
    return signature_problems(place.read(f"{entry.folder}/{SUMS}"), signature, shown(place, entry, SIGNATURE))


def latest_problems(place: Place) -> list[str]:
    """Check that `latest.json` names the newest version of the index that was not withdrawn."""
    path = place.shown(LATEST)
    try:
        text = place.read(LATEST)
    except FileNotFoundError:
        return [f"{path} is missing"]
    entries = read_index(place)
    newest = last_good(entries)
    return (
        []
        if text == latest_text(entries).encode()
        else [f"{path} does not name {newest.version if newest else 'no version'}"]
    )


def read_back(place: Place, entry: Entry, sums: dict[str, str]) -> tuple[list[str], Tables]:
    """Read every table, or say which file cannot be read; an older schema may have had fewer."""
    problems, tables = [], {}
    asked = [name for name in TABLES if entry.schema == SCHEMA_VERSION or f"{name}.parquet" in sums]
    for name in asked:
        file = f"{entry.folder}/{name}.parquet"
        try:
            rows = pl.scan_parquet(place.readable(file), glob=False)
            tables[name] = without_texts(rows) if name == "readouts" else rows.collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            problems.append(f"{place.shown(file)} cannot be read: {error}")
    return problems, tables


def shape_problems(place: Place, entry: Entry, tables: Tables) -> list[str]:
    """Compare the schema of each Parquet file with the published one, and its content with the hash that it carries."""
    problems = []
    for name in TABLES:
        file = f"{entry.folder}/{name}.parquet"
        found: pa.Schema = pq.read_schema(place.readable(file))
        if not found.equals(arrow_schema(name), check_metadata=False):
            problems.append(f"{place.shown(file)} has not the columns and types of schema {SCHEMA_VERSION}")
        # Releases made before there was such a hash carry none.
        elif (said := (found.metadata or {}).get(b"content_sha256")) and said.decode() != content_hash(
            groups_in_file(place.readable(file))
        ):
            problems.append(f"{place.shown(file)} does not say what its content hash vouches for")
    return problems


def content_problems(place: Place, entry: Entry, tables: Tables) -> list[str]:
    """Check rows, keys, foreign keys and quotes."""
    try:
        return [
            f"{shown(place, entry, name)}.parquet: {fault}"
            for name, said in faults(tables, published_texts(place, entry)).items()
            for fault in said
        ]
    except BrokenColumn as error:
        return [f"{place.shown(entry.folder)}: {error}"]


def count_problems(place: Place, entry: Entry, tables: Tables) -> list[str]:
    """Compare the numbers of rows with those of the index."""
    counts = {"readouts": entry.readouts, "commitments": entry.commitments}
    return [
        f"{shown(place, entry, name)}.parquet has {tables[name].height} rows, the index says {count}"
        for name, count in counts.items()
        if tables[name].height != count
    ]
