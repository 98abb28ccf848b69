"""Describe a release as a Croissant dataset (version 1.0, http://mlcommons.org/croissant/1.0)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from pledgebook.releases.places.index import as_text
from pledgebook.releases.places.sums import sha256
from pledgebook.releases.texts.citation import CREATORS, TITLE, citation
from pledgebook.releases.writing.files import Release
from pledgebook.releases.writing.resources import KEYWORDS, NAME, Column, about, columns, licence, row_meaning
from schemas import TABLES

# The terms that the standard wants to stand in every description, as its appendix lists them.
TERMS = """
    citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes isLiveDataset jsonPath
    key md5 parentField path recordSet references regex repeated replace samplingRate separator source subField transform
"""
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in TERMS.split()},
}
# The standard has no decimals: money becomes a float, which holds sums below ninety trillion to the cent.
TYPES: dict[Any, str] = {
    pl.String: "sc:Text",
    pl.Date: "sc:Date",
    pl.Datetime: "sc:DateTime",
    pl.Boolean: "sc:Boolean",
    pl.Int16: "sc:Integer",
    pl.Int32: "sc:Integer",
    pl.Decimal: "sc:Float",
    pl.Float64: "sc:Float",
}

Node = dict[str, Any]


def croissant(release: Release, folder: Path) -> str:
    """Return the text of `croissant.json` for a release whose Parquet files stand in the folder.

    There is no `url`, because the dataset has no page of its own; whoever publishes a copy on one can add it.
    """
    dataset = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "alternateName": TITLE,
        "description": about(release),
        "version": release.version,
        "datePublished": release.date,
        "license": licence()["url"],
        "creator": {"@type": "sc:Organization", "name": CREATORS},
        "citeAs": citation(release.version, release.date),
        "keywords": KEYWORDS,
        "distribution": [file_object(folder, name) for name in TABLES],
        "recordSet": [record_set(name) for name in TABLES],
    }
    return as_text(dataset)


def file_object(folder: Path, name: str) -> Node:
    """Return the Parquet file of a table."""
    file = folder / f"{name}.parquet"
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": f"The table {name}.",
        "contentUrl": file.name,
        "contentSize": f"{file.stat().st_size} B",
        # The name by which loaders of this standard know Parquet; it is older than the registered one.
        "encodingFormat": "application/x-parquet",
        "sha256": sha256(file),
    }


def record_set(name: str) -> Node:
    """Return the rows of a table; its key may hold empty values."""
    keys = [{"@id": f"{name}/{key}"} for key in TABLES[name].names("key")]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": row_meaning(name),
        **({"key": keys} if keys else {}),
        "field": [field(name, column) for column in columns(name)],
    }


def field(table: str, column: Column) -> Node:
    """Return a column; of a list, the type is that of its values."""
    repeated = isinstance(column.kind, pl.List)
    kind = column.kind.inner if isinstance(column.kind, pl.List) else column.kind
    said: Node = {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": TYPES[kind.base_type()],
        **({"repeated": True} if repeated else {}),
        "source": {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": column.name}},
    }
    if column.references:
        said["references"] = {"field": {"@id": "/".join(column.references)}}
    return said
