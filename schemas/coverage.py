"""The table `coverage`: what was collected, so that "no promise" and "not collected" do not look alike."""

from __future__ import annotations

import polars as pl

from schemas.columns import Table, field


class Coverage(Table):
    """One row a publisher and a month, official documents only."""

    publisher: str = field("Publisher; the source of a document that could not be read.", key=True, nullable=True)
    month: pl.Date = field("First day of the month; empty for documents with no date.", key=True, nullable=True)
    known: pl.Int32 = field("Documents known to exist.", unit="documents", at_least=0)
    captured: pl.Int32 = field("Documents retrieved.", unit="documents", at_least=0)
    read: pl.Int32 = field("Documents that became a readout.", unit="documents", at_least=0)
    failed: pl.Int32 = field("Documents set aside.", unit="documents", at_least=0)
