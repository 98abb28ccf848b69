"""What discovery knows, as tables: for `coverage`, and for the quarantine of what could not be fetched."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import polars as pl

from pledgebook.sources.addresses import canonical_url
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fetching.fetch import known_documents
from pledgebook.sources.moments import day_in_url
from pledgebook.sources.quarantine import quarantine_table, set_aside
from pledgebook.sources.registry import sources
from pledgebook.sources.store import CaptureStore

_SCHEMA = {"publisher": pl.String, "url": pl.String, "month": pl.Date, "captured": pl.Boolean}


def known_table(raw: Path) -> pl.DataFrame:
    """Every document that discovery knows: publisher, url (canonical), month (its first day, or null), captured."""
    rows = {}
    with closing(CaptureStore(raw)) as store:
        for document in known_documents(raw):
            source, address = sources().get(document.source), canonical_url(document.url)
            day = document.day or day_in_url(document.url)
            month = day and day.replace(day=1)
            rows[address] = (source and source.publisher, address, month, bool(store.copies(address)))
    return pl.DataFrame(list(rows.values()), schema=_SCHEMA, orient="row")


def unfetched_table(raw: Path) -> pl.DataFrame:
    """Quarantine rows of the known documents that could not be fetched and of which the archive has no copy."""
    rows = []
    with closing(CaptureStore(raw)) as store:
        for document in known_documents(raw):
            if document.reason and not store.copies(canonical_url(document.url)):
                check, _, reason = document.reason.partition(": ")
                rows.append(set_aside(document.url, UnreadableDocument(check, reason), table="captures"))
    return quarantine_table(rows)
