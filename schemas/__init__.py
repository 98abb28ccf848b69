"""What every published table is: pandera models, one file a table, and all that is derived from them."""

from __future__ import annotations

from schemas import codelists
from schemas.derived import arrow_schema, csv_header, polars_schema, sort_columns
from schemas.dictionary import dictionary
from schemas.tables import CODEBOOK_VERSION, SCHEMA_VERSION, TABLES

__all__ = [
    "CODEBOOK_VERSION",
    "SCHEMA_VERSION",
    "TABLES",
    "arrow_schema",
    "codelists",
    "csv_header",
    "dictionary",
    "polars_schema",
    "sort_columns",
]
