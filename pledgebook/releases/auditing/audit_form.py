"""Read a form that people filled in, row by row; what is not whole is refused with file and line.

Columns: those of `audit_sample.FORM`. The answers are yes or no; of a row that is no commitment neither quote nor codes are right.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pledgebook.releases.auditing.audit_sample import ANSWERS, CODED, DRAWN, FORM
from pledgebook.releases.errors import ReleaseError


class Judged(NamedTuple):
    """One filled row; `answers` are those to `audit_sample.ANSWERS`."""

    place: str
    version: str
    commitment_id: str
    stratum: str
    stratum_size: int
    sample_size: int
    answers: tuple[bool, ...]
    wrong: tuple[str, ...]
    coder: str


def judged_rows(path: Path) -> Iterator[Judged]:
    """Every filled row of a form."""
    lines = [(line, dict(zip(FORM, cells, strict=True))) for line, cells in _lines(path)]
    answers = [*ANSWERS, "wrong_columns", "coder"]
    if lines and not any(row[column] for _, row in lines for column in answers):
        raise ReleaseError(f"{path.name}: no row is filled in; judge them all, then put the form back into its folder.")
    for line, row in lines:
        place = f"{path.name}, line {line}"
        try:
            sizes = int(row["stratum_size"]), int(row["sample_size"])
        except ValueError:
            raise ReleaseError(f"{place}: stratum_size and sample_size are whole numbers; restore them.") from None
        told = _answers(place, row), _wrong(place, row)
        if not row["coder"]:
            raise ReleaseError(f"{place}: say in coder who judged the row.")
        version, commitment, stratum = (row[column] for column in DRAWN[:3])
        yield Judged(place, version.removeprefix("v"), commitment, stratum, *sizes, *told, row["coder"])


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The cells of every row that is not empty, with the line on which it starts; a text may hold line ends."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ReleaseError(f"{path.name}, line {line}: not UTF-8; save the form again as CSV in UTF-8.") from error
    # Where the decimal sign is a comma, spreadsheets part the cells by semicolons.
    parted = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=text.partition("\n")[0].count))
    if next(parted, None) != FORM:
        raise ReleaseError(f"{path.name}, line 1: the first line must read {','.join(FORM)}.")
    start = parted.line_num + 1
    try:
        for cells in parted:
            if any(cells) and len(cells) != len(FORM):
                told = f"{len(cells)} cells instead of {len(FORM)}"
                raise ReleaseError(f"{path.name}, line {start}: {told}; restore the row from the form.")
            if any(cells):
                yield start, [cell.strip() for cell in cells]
            start = parted.line_num + 1
    except csv.Error as error:
        raise ReleaseError(f"{path.name}, line {start}: no CSV ({error}); restore the row from the form.") from error


def _answers(place: str, row: dict[str, str]) -> tuple[bool, ...]:
    """The three answers of a row; without a commitment the other two may stay empty."""
    first, *others = (row[question].casefold() for question in ANSWERS)
    if first == "no" and "yes" in others:
        raise ReleaseError(f"{place}: no commitment has no right quote or codes; leave both empty or say no.")
    for question, answer in zip(ANSWERS, [first, *others], strict=True):
        if answer not in ({"yes", "no", ""} if first == "no" else {"yes", "no"}):
            told = f"is {row[question]!r}" if answer else "is empty"
            raise ReleaseError(f"{place}: {question} {told}; answer yes or no.")
    return tuple(answer == "yes" for answer in [first, *others])


def _wrong(place: str, row: dict[str, str]) -> tuple[str, ...]:
    """The columns that are said to be wrong: some when the codes are not right, else none."""
    named = row["wrong_columns"].replace(",", " ").split()
    for column in named:
        if column not in CODED:
            raise ReleaseError(f"{place}: {column!r} in wrong_columns is none of: {' '.join(CODED)}.")
    if row["is_commitment"].casefold() == "yes" and bool(named) != (row["codes_right"].casefold() == "no"):
        raise ReleaseError(f"{place}: name in wrong_columns what is wrong where codes_right is no, and only there.")
    return tuple(dict.fromkeys(named))
