"""`pledgebook audit`: random rows beside their text, with a form to fill."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from pledgebook.command_line.options import RELEASES, Releases, Version
from pledgebook.releases.auditing.audit_sample import FORM, LISTS, draw
from pledgebook.releases.errors import ReleaseError, reason
from pledgebook.releases.places.place import entry_of
from pledgebook.releases.places.published import read_table
from pledgebook.sources.errors import WrongUse
from schemas import codelists

CONTEXT = 300
# A cell that starts like this, spaces and apostrophes aside, would be computed by a spreadsheet instead of shown.
FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")


def audit(
    version: Version = "latest",
    n: Annotated[int, typer.Option("--n", min=1, help="How many commitments to draw.")] = 50,
    to: Annotated[
        Path | None, typer.Option("--to", help="File to write; without it audit-VERSION.csv in this folder.")
    ] = None,
    releases: Releases = RELEASES,
) -> None:
    """Draw random commitments into a form that a person fills in; the same version and number give the same rows.

    Example: pledgebook audit 1.2.0 --n 50 --to audit-anna.csv
    """
    number = entry_of(releases, version).version
    commitments, readouts = (read_table(releases, name, number) for name in ("commitments", "readouts"))
    rows = draw(number, commitments, readouts, n)
    if rows.is_empty():
        raise WrongUse(f"Version {number} holds no commitment to judge.")
    path = to or Path(f"audit-{number}.csv")
    try:
        write_form(number, rows, path)
    except FileExistsError as error:
        raise WrongUse(f"{path} exists and may hold somebody's answers; name another file with --to.") from error
    except FileNotFoundError as error:
        raise WrongUse(f"{path.parent} is no folder; make it first, or name another file with --to.") from error
    except OSError as error:
        raise ReleaseError(f"The form cannot be written: {reason(error)}. Name another file with --to.") from error
    strata = rows.unique("stratum")["stratum_size"]
    told = "1 stratum" if strata.len() == 1 else f"{strata.len()} strata"
    print(
        f"{path} holds {rows.height} of the {strata.sum()} commitments of version {number}, from {told}.\n"
        "Fill in its last six columns as docs/auditing.md says, then put it into data/audits/."
    )


def write_form(version: str, rows: pl.DataFrame, path: Path) -> None:
    """Write drawn rows as CSV (RFC 4180, UTF-8 with the mark that Excel needs); raises FileExistsError."""
    topics = dict(codelists.table("topics").select("code", "name").iter_rows())
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        form = csv.writer(file)
        form.writerow(FORM)
        for row in rows.iter_rows(named=True):
            cells = _cells(version, row, topics)
            form.writerow(harmless(cells.get(column, "")) for column in FORM)


def _cells(version: str, row: dict[str, Any], topics: dict[str, str]) -> dict[str, str]:
    """The cells of one row; before and after are empty where the licence keeps the text out of the book."""
    text = row["text"] or ""
    told = {
        # The letter keeps spreadsheets from reading 1.2.0 as a day.
        "version": f"v{version}",
        "before": text[max(0, row["char_start"] - CONTEXT) : row["char_start"]],
        "after": text[row["char_end"] : row["char_end"] + CONTEXT],
        **{column: " ".join(row[column]) for column in LISTS},
        "routine": "yes" if row["routine"] else "no",
        "topic": f"{row['topic']} {topics[str(row['topic'])]}",
        "amount": _money(row),
    }
    plain = {column: str(row[column]) for column in FORM if row.get(column) is not None}
    return plain | told


def _money(row: dict[str, Any]) -> str:
    """The columns of an amount in one cell, as "5,000,000 USD, exact, grant_or_aid, total: $5 million"."""
    if row["amount"] is None:
        return ""
    ends = [f"{row[end]:,.2f}".removesuffix(".00") for end in ("amount", "amount_max") if row[end] is not None]
    kinds = [row[column] for column in ("amount_qualifier", "amount_kind", "amount_per")]
    figures = ", ".join([f"{' to '.join(ends)} {row['currency']}", *kinds])
    return f"{figures}: {row['amount_text']}"


def harmless(cell: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would compute; taking one away gives the words back."""
    return f"'{cell}" if FORMULA.match(cell) else cell
