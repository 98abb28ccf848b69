"""The data dictionary: one Markdown page that describes every column, written from the models."""

from __future__ import annotations

from schemas.derived import polars_schema
from schemas.tables import CODEBOOK_VERSION, SCHEMA_VERSION, TABLES

HEAD = f"""# Data dictionary

Schema {SCHEMA_VERSION}, codebook {CODEBOOK_VERSION}. ○ marks volatile columns: they alone make no new version.
In CSV a list is JSON; in Parquet a code is a plain string, its list a file of `codelists/`.
"""


def dictionary() -> str:
    """Return the data dictionary of all tables as Markdown."""
    return "\n".join([HEAD, *(table_section(name) for name in TABLES)])


def table_section(name: str) -> str:
    """Return the section of one table: what a row is, its key, and a line for each column."""
    model = TABLES[name]
    purpose = (model.__doc__ or "").strip()
    keys = ", ".join(f"`{key}`" for key in model.names("key")) or "none"
    lines = [
        f"## {name}",
        "",
        purpose,
        f"Key: {keys}.",
        "",
        "| column | type | empty | description |",
        "|---|---|---|---|",
    ]
    types = polars_schema(name)
    lines += [column_line(name, column, type_name(types[column])) for column in model.names()]
    return "\n".join([*lines, ""])


def column_line(table: str, column: str, kind: str) -> str:
    """Return the line of one column."""
    spec = TABLES[table].to_schema().columns[column]
    metadata = TABLES[table].metadata(column)
    notes = [
        f"Codes: `{metadata['codelist']}.csv`." if metadata["codelist"] else "",
        f"Unit: {metadata['unit']}." if metadata["unit"] else "",
        f"To go with a later MAJOR version: use `{metadata['successor']}`." if metadata["successor"] else "",
        f"Refers to `{metadata['references']}`." if metadata["references"] else "",
    ]
    text = " ".join([spec.description, *(note for note in notes if note)]).replace("|", "\\|")
    mark = " ○" if metadata["volatile"] else ""
    return f"| `{column}`{mark} | {kind} | {'yes' if spec.nullable else 'no'} | {text} |"


def type_name(kind: object) -> str:
    """Name a Polars type as the dictionary does."""
    known = {"String": "string", "Date": "date", "Boolean": "boolean", "Float64": "float64"}
    name = str(kind)
    if name.startswith("Datetime"):
        return "datetime, UTC"
    if name.startswith("List"):
        return "list of strings"
    if name.startswith("Decimal"):
        return "decimal(20, 2)"
    return known.get(name, name.lower())
