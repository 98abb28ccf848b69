"""Write the files of a version: Parquet, CSV, code lists, documents and their sums."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.releases.book.causes import Origin
from pledgebook.releases.book.content_hash import content_hash
from pledgebook.releases.frames import Tables, as_json
from pledgebook.releases.places.disk import files_below, sync, write_bytes
from pledgebook.releases.places.published import SUMS, sha256
from pledgebook.releases.texts.citation import citation
from schemas import SCHEMA_VERSION, TABLES, arrow_schema, codelists, csv_header

LICENCE = "CC-BY-4.0"
ROWS_A_GROUP = 25_000
SAMPLE_ROWS = 50


@dataclass(frozen=True)
class Release:
    """One version, ready to be written; `documents` holds the texts of its Markdown and JSON files by name."""

    version: str
    date: str
    origin: Origin
    tables: Tables
    documents: dict[str, str]


def write_parquet(release: Release, folder: Path) -> None:
    """Write every table as Parquet, with its description and that of each column in the file."""
    for name, rows in release.tables.items():
        with (folder / f"{name}.parquet").open("wb") as file:
            pq.write_table(
                as_arrow(release, name, rows),
                file,
                compression="zstd",
                row_group_size=ROWS_A_GROUP,
                write_statistics=True,
                write_page_index=True,
            )
            sync(file)


def as_arrow(release: Release, name: str, rows: pl.DataFrame) -> pa.Table:
    """Return a table as Arrow, with the metadata that its Parquet file carries."""
    schema = arrow_schema(name)
    metadata = {
        "table": name,
        "description": (TABLES[name].__doc__ or "").strip(),
        "version": release.version,
        "date": release.date,
        "schema": SCHEMA_VERSION,
        "codebook": release.origin.codebook,
        "extractor": release.origin.extractor,
        "code": release.origin.code,
        "licence": f"{LICENCE} for the coding; each text keeps its own licence, see the column licence of readouts",
        "citation": citation(release.version, release.date),
        "content_sha256": content_hash(rows),
        "key": json.dumps(TABLES[name].names("key")),
        "columns": json.dumps({field.name: field.metadata[b"description"].decode() for field in schema}),
    }
    plain = rows.to_arrow(compat_level=pl.CompatLevel.oldest())
    return plain.cast(schema.with_metadata(metadata))


def write_csv(release: Release, folder: Path) -> None:
    """Write every table as CSV (RFC 4180, UTF-8, lists as JSON), and a sample of the commitments."""
    (folder / "csv").mkdir()
    for name, rows in release.tables.items():
        write_text(folder / "csv" / f"{name}.csv", as_csv(name, rows))
    # Identifiers are hashes, so their order is as good as chance and the same in every run.
    sample = release.tables["commitments"].sort("commitment_id").head(SAMPLE_ROWS).sort("date", "commitment_id")
    write_text(folder / "sample.csv", as_csv("commitments", sample))


def as_csv(name: str, rows: pl.DataFrame) -> str:
    """Return a table as CSV; times in UTC, with a fraction of a second where there is one; lists as JSON."""
    lists = [column for column, kind in rows.schema.items() if isinstance(kind, pl.List)]
    texts = [pl.Series(column, [as_json(values) for values in rows[column].to_list()], pl.String) for column in lists]
    plain = rows.with_columns(texts).select(csv_header(name))
    return plain.write_csv(line_terminator="\r\n", datetime_format="%Y-%m-%dT%H:%M:%S%.fZ")


def write_codelists(release: Release, folder: Path) -> None:
    """Copy the code lists that the tables of this version follow."""
    (folder / "codelists").mkdir()
    for path in codelists.files():
        write_text(folder / "codelists" / path.name, path.read_text("utf-8"))


def write_documents(release: Release, folder: Path) -> None:
    """Write the files that people read."""
    for name, text in release.documents.items():
        write_text(folder / name, text)


def write_sums(release: Release, folder: Path) -> None:
    """Write the SHA-256 of every file, as `sha256sum -c` reads them."""
    lines = [f"{sha256(folder / name)}  {name}\n" for name in files_below(folder)]
    write_text(folder / SUMS, "".join(lines))


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, its line ends as they are, down to the disk."""
    write_bytes(path, text.encode())
