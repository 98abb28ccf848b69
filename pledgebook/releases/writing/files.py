"""Write the files of a version: Parquet, CSV, code lists, documents and their sums."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from pledgebook.releases.book.causes import Origin
from pledgebook.releases.book.content_hash import content_hash
from pledgebook.releases.book.texts import Texts
from pledgebook.releases.frames import Tables, as_json
from pledgebook.releases.places.disk import files_below, sync, write_bytes
from pledgebook.releases.places.sums import SUMS, sha256
from pledgebook.releases.texts.citation import citation
from pledgebook.releases.writing.row_groups import ROWS_A_GROUP, Groups, groups_in_file, with_texts_dealt
from schemas import SCHEMA_VERSION, TABLES, arrow_schema, codelists, csv_header

LICENCE = "CC-BY-4.0"
SAMPLE_ROWS = 50


@dataclass(frozen=True)
class Release:
    """One version, ready to be written; `texts` are those of its readouts, `documents` its Markdown and JSON files by name."""

    version: str
    date: str
    origin: Origin
    tables: Tables
    texts: Texts
    documents: dict[str, str]


def write_parquet(release: Release, folder: Path) -> None:
    """Write every table as Parquet, with its description and that of each column in the file."""
    for name in release.tables:
        with groups_of(release, name, folder) as groups, (folder / f"{name}.parquet").open("wb") as file:
            schema = arrow_schema(name).with_metadata(metadata(release, name, content_hash(groups)))
            with pq.ParquetWriter(
                file, schema, compression="zstd", write_statistics=True, write_page_index=True
            ) as writer:
                for group in groups:
                    # In one piece, since the pages of the file follow the pieces in which the rows lie.
                    rows = group.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema)
                    writer.write_table(rows, row_group_size=ROWS_A_GROUP)
            sync(file)


def groups_of(release: Release, name: str, folder: Path) -> AbstractContextManager[Iterable[pl.DataFrame]]:
    """Return the rows of a table as its file is to hold them; what that takes on the disk goes to the folder for a while."""
    rows = release.tables[name]
    return with_texts_dealt(rows, release.texts, folder) if name == "readouts" else nullcontext(Groups(rows))


def metadata(release: Release, name: str, content_sha256: str) -> dict[str, str]:
    """Return what the Parquet file of a table says of itself."""
    return {
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
        "content_sha256": content_sha256,
        "key": json.dumps(TABLES[name].names("key")),
        "columns": json.dumps({field.name: field.metadata[b"description"].decode() for field in arrow_schema(name)}),
    }


def write_csv(release: Release, folder: Path) -> None:
    """Write every table that lies there as Parquet as CSV (RFC 4180, UTF-8, lists as JSON), and a sample of the commitments."""
    (folder / "csv").mkdir()
    for name in release.tables:
        with (folder / "csv" / f"{name}.csv").open("wb") as file:
            for number, group in enumerate(groups_in_file(folder / f"{name}.parquet")):
                file.write(as_csv(name, group, header=number == 0).encode())
            sync(file)
    # Identifiers are hashes, so their order is as good as chance and the same in every run.
    sample = release.tables["commitments"].bottom_k(SAMPLE_ROWS, by="commitment_id").sort("date", "commitment_id")
    write_text(folder / "sample.csv", as_csv("commitments", sample))


def as_csv(name: str, rows: pl.DataFrame, *, header: bool = True) -> str:
    """Return rows of a table as CSV; times in UTC, with a fraction of a second where there is one; lists as JSON."""
    lists = [column for column, kind in rows.schema.items() if isinstance(kind, pl.List)]
    texts = [pl.Series(column, [as_json(values) for values in rows[column].to_list()], pl.String) for column in lists]
    plain = rows.with_columns(texts).select(csv_header(name))
    return plain.write_csv(include_header=header, line_terminator="\r\n", datetime_format="%Y-%m-%dT%H:%M:%S%.fZ")


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
