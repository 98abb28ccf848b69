"""Describe a release as a Data Package (version 2 of the Frictionless standard, https://datapackage.org)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from pledgebook.releases.places.index import as_text
from pledgebook.releases.places.sums import sha256
from pledgebook.releases.texts.citation import CREATORS, TITLE
from pledgebook.releases.writing import resources
from pledgebook.releases.writing.files import Release
from schemas import TABLES

PROFILES = "https://datapackage.org/profiles/2.0"
TYPES: dict[Any, str] = {
    pl.String: "string",
    pl.List: "array",
    pl.Date: "date",
    pl.Datetime: "datetime",
    pl.Boolean: "boolean",
    pl.Int16: "integer",
    pl.Int32: "integer",
    pl.Decimal: "number",
    pl.Float64: "number",
}

Descriptor = dict[str, Any]


def data_package(release: Release, folder: Path) -> str:
    """Return the text of `datapackage.json` for a release whose tables and code lists stand in the folder.

    Tables are described as CSV, with types, constraints and keys; the same tables as Parquet only as files, since
    those say themselves what their columns are. There is no `homepage`, because the dataset has none.
    """
    licence, meaning = resources.licence(), resources.row_meaning
    lists = sorted((folder / "codelists").glob("*.csv"))
    descriptor = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": resources.NAME,
        "title": TITLE,
        "description": resources.about(release),
        "version": release.version,
        # The day of the newest capture: the standard wants a moment, and the writer reads no clock.
        "created": f"{release.date}T00:00:00Z",
        "keywords": resources.KEYWORDS,
        "contributors": [{"title": CREATORS, "roles": ["creator"]}],
        "licenses": [{"name": licence["code"], "title": licence["name"], "path": licence["url"]}],
        "sources": [{"title": one["name"], "path": one["homepage"]} for one in resources.publishers(release)],
        "resources": [
            *(csv_resource(folder, f"csv/{name}.csv", name, meaning(name), table_schema(name)) for name in TABLES),
            csv_resource(folder, "sample.csv", "sample", "Some rows of commitments.", table_schema("commitments")),
            *(parquet_resource(folder, name) for name in TABLES),
            *(codelist_resource(folder, path.stem) for path in lists),
        ],
    }
    return as_text(descriptor)


def file_resource(folder: Path, path: str, name: str, description: str, mediatype: str) -> Descriptor:
    """Return what is said of any file."""
    file = folder / path
    return {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": name,
        "path": path,
        "description": description,
        "format": file.suffix.removeprefix("."),
        "mediatype": mediatype,
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256(file)}",
    }


def csv_resource(folder: Path, path: str, name: str, description: str, schema: Descriptor) -> Descriptor:
    """Return a CSV file as a resource."""
    said = file_resource(folder, path, name, description, "text/csv")
    return said | {"type": "table", "encoding": "utf-8", "schema": {"$schema": f"{PROFILES}/tableschema.json"} | schema}


def parquet_resource(folder: Path, name: str) -> Descriptor:
    """Return the Parquet file of a table as a resource."""
    description = f"The table {name} as Parquet."
    said = file_resource(folder, f"{name}.parquet", f"{name}-parquet", description, "application/vnd.apache.parquet")
    # With a small letter the reference implementation would guess a schema, and fail at the first list.
    return said | {"format": "Parquet"}


def codelist_resource(folder: Path, name: str) -> Descriptor:
    """Return a code list as a resource; codes are strings, also where the column they stand in holds numbers."""
    used = resources.columns_coded_by(name)
    description = f"Codes of {', '.join(used)}." if used else f"The code list {name}."
    rows = pl.read_csv((folder / "codelists" / f"{name}.csv").read_bytes(), infer_schema=False)
    fields = [{"name": column, "type": "string"} for column in rows.columns]
    schema: Descriptor = {"fields": fields, "missingValues": [""]}
    # In a crosswalk a code may have several counterparts.
    if "code" in rows.columns and rows["code"].is_unique().all():
        schema["primaryKey"] = ["code"]
    return csv_resource(folder, f"codelists/{name}.csv", f"codelist-{name}", description, schema)


def table_schema(name: str) -> Descriptor:
    """Return the Table Schema of a table's CSV file."""
    described = resources.columns(name)
    keys = TABLES[name].names("key")
    schema: Descriptor = {"fields": [field(column) for column in described], "missingValues": [""]}
    # No value of a primary key may be empty; a unique key says the same of keys whose values may be.
    if keys and any(column.nullable for column in described if column.name in keys):
        schema["uniqueKeys"] = [keys]
    elif keys:
        schema["primaryKey"] = keys
    foreign = [foreign_key(column.name, *column.references) for column in described if column.references]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def foreign_key(name: str, table: str, referred: str) -> Descriptor:
    """Return the foreign key of a column that refers to a column of a table."""
    return {"fields": [name], "reference": {"resource": table, "fields": [referred]}}


def field(column: resources.Column) -> Descriptor:
    """Return a field; a code list is named and not enumerated, because it is open."""
    said: Descriptor = {"name": column.name, "type": TYPES[column.kind.base_type()], "description": column.description}
    if column.codelist:
        said["codelist"] = f"codelist-{column.codelist}"
    constraints: Descriptor = {} if column.nullable else {"required": True}
    if column.pattern:
        # A pattern of the standard always spans the whole value; in it the signs of start and end would be letters.
        constraints["pattern"] = column.pattern.removeprefix("^").removesuffix("$")
    if column.at_least is not None:
        constraints["minimum"] = column.at_least
    return {**said, "constraints": constraints} if constraints else said
