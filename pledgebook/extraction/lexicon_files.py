"""Reading the lexicon: CSV files beside this module, checked as they are read, errors named with file and line."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path

LEXICON = Path(__file__).parent / "lexicon"


class LexiconError(ValueError):
    """A row of the lexicon that cannot be used; the message names file, line and what to mend."""


def read_rows(name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """Rows of `lexicon/<name>.csv` as dictionaries with the given columns; reads and raises as `read_cells` does."""
    return [dict(zip(columns, cells, strict=True)) for cells in read_cells(name, columns)]


def read_cells(name: str, columns: Sequence[str]) -> list[list[str]]:
    """The cells of each row of `lexicon/<name>.csv`, interned, spaces at their ends removed; quicker for files of many rows.

    Raises LexiconError when the header is not `columns`, or a row has too few or too many cells.
    """
    path = LEXICON / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != list(columns):
            raise LexiconError(
                f"{path.name}: line 1: the columns must be {', '.join(columns)}, not {', '.join(header)}"
            )
        return [_checked(path.name, reader.line_num, header, cells) for cells in reader if cells]


def one_of(row: dict[str, str], column: str, allowed: Sequence[str], where: str) -> str:
    """The cell `row[column]` if it is one of `allowed`; else LexiconError naming the file and the row's first cell."""
    if row[column] not in allowed:
        first = next(iter(row.values()))
        raise LexiconError(
            f"{where}.csv: row {first!r}: {column} must be one of {', '.join(allowed)}, not {row[column]!r}"
        )
    return row[column]


def _checked(file: str, line: int, header: Sequence[str], cells: list[str]) -> list[str]:
    if len(cells) != len(header):
        raise LexiconError(f"{file}: line {line}: {len(cells)} cells, but the header has {len(header)}")
    return [sys.intern(cell.strip()) for cell in cells]
