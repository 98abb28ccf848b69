"""What the machine-readable descriptions of a release say alike: its words, its licence, its keys and its columns."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pledgebook.releases.frames import is_demonstration
from pledgebook.releases.writing.files import LICENCE, Release
from schemas import TABLES, codelists, polars_schema

NAME = "pledgebook"
KEYWORDS = ["international relations", "commitments", "official statements", "readouts"]
ABOUT = (
    "Commitments found in official readouts, each with the words that prove it. "
    f"{LICENCE} is the licence of the coding; each text keeps its own, see the column licence of readouts. "
    "Sum amounts only where amount_summable is true, and per currency."
)
DEMONSTRATION = "A demonstration, made from bundled summaries alone: its figures mean nothing."


@dataclass(frozen=True)
class Column:
    """A column as its model defines it; `references` is the table and the column it refers to."""

    name: str
    kind: pl.DataType
    nullable: bool
    description: str
    codelist: str | None
    pattern: str | None
    at_least: float | None
    references: tuple[str, str] | None


def about(release: Release) -> str:
    """Return what a release is, in a few sentences."""
    return f"{DEMONSTRATION} {ABOUT}" if is_demonstration(release.tables) else ABOUT


def row_meaning(table: str) -> str:
    """Return the sentence that says what a row of the table is."""
    return (TABLES[table].__doc__ or "").strip()


def licence() -> dict[str, str]:
    """Return the row of the code list `licences` for the licence of the coding."""
    return codelists.table("licences").row(by_predicate=pl.col("code") == LICENCE, named=True)


def publishers(release: Release) -> list[dict[str, str]]:
    """Return the rows of the code list `publishers` for those whose statements the release holds."""
    said = set(release.tables["readouts"]["publisher"].unique())
    return [row for row in codelists.table("publishers").sort("code").iter_rows(named=True) if row["code"] in said]


def columns_coded_by(codelist: str) -> list[str]:
    """Return the columns whose codes stand in a code list, as `table.column`."""
    return [f"{table}.{one.name}" for table in TABLES for one in columns(table) if one.codelist == codelist]


def columns(table: str) -> list[Column]:
    """Return the columns of a table in their order."""
    return [column(table, name, kind) for name, kind in polars_schema(table).items()]


def column(table: str, name: str, kind: pl.DataType) -> Column:
    """Return one column; its description also names its code list, its unit and what it refers to."""
    spec, metadata = TABLES[table].to_schema().columns[name], TABLES[table].metadata(name)
    notes = [
        f"Codes: codelists/{metadata['codelist']}.csv." if metadata["codelist"] else "",
        f"Unit: {metadata['unit']}." if metadata["unit"] else "",
        f"Refers to {metadata['references']}." if metadata["references"] else "",
    ]
    least = [check.statistics["min_value"] for check in spec.checks if check.name == "greater_than_or_equal_to"]
    there, _, referred = (metadata["references"] or "").partition(".")
    return Column(
        name=name,
        kind=kind,
        nullable=spec.nullable,
        description=" ".join([spec.description, *(note for note in notes if note)]),
        codelist=metadata["codelist"],
        pattern=metadata["pattern"],
        at_least=least[0] if least else None,
        references=(there, referred) if there else None,
    )
