"""A page for each statement, and lists of all of them by year."""

from __future__ import annotations

from itertools import groupby

import polars as pl

from pledgebook.reading.passages import passage
from pledgebook.site.edition import Edition, Row
from pledgebook.site.highlights import Paragraph, paragraphs, passage_spans
from pledgebook.site.pages import Pages

_LISTED = ["readout_id", "date", "title", "issuer", "document_type", "text_origin", "n_commitments"]


def write_statements(edition: Edition, pages: Pages) -> None:
    """Write `r/<id>/` of every readout and `statements/<year>/`."""
    found = _by_readout(edition.commitments)
    for readout in edition.readouts.iter_rows(named=True):
        rows, text = found.get(readout["readout_id"], []), readout["text"]
        pages.write(
            f"r/{readout['readout_id']}",
            "statement.html",
            readout=readout,
            commitments=rows,
            text=None if text is None else list(paragraphs(text, rows)),
            sentences=[_sentence(row) for row in rows],
        )
    _write_lists(edition.readouts, pages)


def _by_readout(commitments: pl.DataFrame) -> dict[str, list[Row]]:
    """The commitments of each readout, in the order of its text."""
    rows = commitments.sort("readout_id", "char_start").iter_rows(named=True)
    return {readout: list(some) for readout, some in groupby(rows, lambda row: row["readout_id"])}


def _sentence(row: Row) -> Paragraph:
    """What is shown of a commitment whose text may not be republished."""
    return Paragraph(passage_spans(passage(dict(row), None), row["commitment_id"]), [row])


def _write_lists(readouts: pl.DataFrame, pages: Pages) -> None:
    listed = readouts.select(_LISTED).sort("date", "readout_id", descending=[True, False])
    by_year = _by(listed, "%Y")
    years = [(year, rows.height) for year, rows in by_year.items()]
    pages.write("statements", "statements.html", year=None, years=years, months=[])
    for year, rows in by_year.items():
        months = [(month, list(some.iter_rows(named=True))) for month, some in _by(rows, "%Y-%m").items()]
        pages.write(f"statements/{year}", "statements.html", year=year, years=years, months=months)


def _by(listed: pl.DataFrame, period: str) -> dict[str, pl.DataFrame]:
    """The rows of each year or month, as its format says, newest first."""
    periods = listed["date"].dt.strftime(period)
    return {one: listed.filter(periods == one) for one in periods.unique().sort(descending=True)}
