"""The code lists: the CSV files of the folder `codelists/`, one a list, each with at least a code and a name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent / "codelists"


@cache
def table(name: str) -> pl.DataFrame:
    """Read a code list, every column as a string; `name` is the file's name without `.csv`.

    Raises FileNotFoundError when there is no such list.
    """
    return pl.read_csv(FOLDER / f"{name}.csv", infer_schema=False)


@cache
def codes(name: str) -> frozenset[str]:
    """Return the codes of a list, as strings, whatever type the published column has."""
    return frozenset(table(name)["code"])


def files() -> list[Path]:
    """Return the files of all code lists, sorted by name."""
    return sorted(FOLDER.glob("*.csv"))
