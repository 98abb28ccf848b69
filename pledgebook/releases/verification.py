"""Verify a published version: sums, schemas, keys, quotes at their offsets, and what the index says of it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.releases.errors import BrokenColumn
from pledgebook.releases.files import SUMS, files_of, sha256
from pledgebook.releases.frames import Tables
from pledgebook.releases.place import LATEST, Entry, entry_of, folder_of, read_index
from pledgebook.releases.soundness import faults
from schemas import SCHEMA_VERSION, TABLES, arrow_schema


def verify_release(place: str | Path, version: str = "latest") -> list[str]:
    """Return the problems of a version, each naming its file; none when it is sound. Raises UnknownVersion."""
    place = Path(place)
    entry = entry_of(place, version)
    folder = folder_of(place, entry.version)
    if not (folder / SUMS).is_file():
        return [f"{folder / SUMS} is missing"]
    problems = sum_problems(folder, entry) + latest_problems(place)
    unreadable, tables = read_back(folder)
    problems += unreadable
    # An older schema has its own rules; its sums still vouch for it.
    if unreadable or entry.schema != SCHEMA_VERSION:
        return problems
    return problems + shape_problems(folder) + content_problems(folder, tables) + count_problems(place, entry, tables)


def sum_problems(folder: Path, entry: Entry) -> list[str]:
    """Compare the files with their sums, and the sums with the index."""
    lines = (folder / SUMS).read_text("utf-8").splitlines()
    expected = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    present = {path.relative_to(folder).as_posix(): path for path in files_of(folder)}
    problems = [f"{folder / name} is missing" for name in sorted(expected.keys() - present.keys())]
    problems += [f"{folder / name} is not listed in {SUMS}" for name in sorted(present.keys() - expected.keys())]
    for name in sorted(expected.keys() & present.keys()):
        if sha256(present[name]) != expected[name]:
            problems.append(f"{folder / name} is not the file that was published: its sum differs")
    if sha256(folder / SUMS) != entry.sums:
        problems.append(f"{folder / SUMS} is not the one that the index names")
    return problems


def latest_problems(place: Path) -> list[str]:
    """Check that `latest.json` names the newest version of the index."""
    newest = read_index(place)[-1].version
    path = place / LATEST
    if not path.is_file():
        return [f"{path} is missing"]
    return [] if f'"version": "{newest}"' in path.read_text("utf-8") else [f"{path} does not name {newest}"]


def read_back(folder: Path) -> tuple[list[str], Tables]:
    """Read every table, or say which file cannot be read."""
    problems, tables = [], {}
    for name in TABLES:
        path = folder / f"{name}.parquet"
        try:
            tables[name] = pl.read_parquet(path)
        except (OSError, pl.exceptions.PolarsError) as error:
            problems.append(f"{path} cannot be read: {error}")
    return problems, tables


def shape_problems(folder: Path) -> list[str]:
    """Compare the schema of each Parquet file with the published one."""
    problems = []
    for name in TABLES:
        path = folder / f"{name}.parquet"
        found: pa.Schema = pq.read_schema(path)
        if not found.equals(arrow_schema(name), check_metadata=False):
            problems.append(f"{path} has not the columns and types of schema {SCHEMA_VERSION}")
    return problems


def content_problems(folder: Path, tables: Tables) -> list[str]:
    """Check rows, keys, foreign keys and quotes."""
    try:
        return [f"{folder / name}.parquet: {fault}" for name, said in faults(tables).items() for fault in said]
    except BrokenColumn as error:
        return [f"{folder}: {error}"]


def count_problems(place: Path, entry: Entry, tables: Tables) -> list[str]:
    """Compare the numbers of rows with those of the index."""
    counts = {"readouts": entry.readouts, "commitments": entry.commitments}
    return [
        f"{folder_of(place, entry.version) / name}.parquet has {tables[name].height} rows, the index says {count}"
        for name, count in counts.items()
        if tables[name].height != count
    ]
