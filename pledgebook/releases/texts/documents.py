"""The texts of a version that people read, from its tables and what is known beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import polars as pl

from pledgebook.releases.auditing.audits import Audit, audit_section
from pledgebook.releases.book.assembly import Draft, Standing
from pledgebook.releases.book.corrections import Correction
from pledgebook.releases.gates import accepted_section
from pledgebook.releases.places.index import since
from pledgebook.releases.texts.changelog import Told, changelog_section
from pledgebook.releases.texts.data_card import data_card, quality_record, release_date
from pledgebook.releases.texts.notebook_advice import advice
from pledgebook.releases.texts.source_changes import at_the_source
from pledgebook.releases.texts.stale_sources import stale_section
from pledgebook.releases.texts.summaries import CHANGELOG
from pledgebook.releases.writing.files import Release
from pledgebook.sources.fetching.source_visits import StaleSource
from schemas import dictionary

QUALITY = "quality.json"


class Known(NamedTuple):
    """What is known beside the tables.

    captures: source, url, name, captured_at of what the run looked at; quality: a measurement with the extractor that it measured;
    audits: what people judged; corrections: the lines of `data/corrections.csv`; successors: for columns that went, what to use in their
    place; closed: the gates that were accepted, and the reason; stale: the sources that could not be read to their end.
    """

    captures: pl.LazyFrame
    quality: Mapping[str, Any] | None
    audits: Sequence[Audit]
    corrections: Sequence[Correction]
    successors: dict[str, str]
    closed: Sequence[str]
    accepted: str | None
    stale: Sequence[StaleSource]


def documented(made: Draft, standing: Standing, known: Known) -> Release:
    """Return the release of a draft that has a version: its tables and the documents beside them."""
    tables, version, entry = made.tables, str(made.version), standing.entry
    date = release_date(tables, known.captures, entry.date if entry else None)
    fresh = tables["withdrawn_rows"].join(standing.tables["withdrawn_rows"], on="row_id", how="anti")
    told = Told(version, date, entry, bool(since(standing.entries, entry)), tables, fresh, known.corrections)
    documents = {
        "README.md": data_card(version, date, made.origin, tables, known.quality, audit_section(known.audits)),
        CHANGELOG: together(
            changelog_section(told),
            at_the_source(standing.tables, tables, made.texts),
            advice(told, known.successors),
            stale_section(known.stale),
            accepted_section(known.closed, known.accepted),
        ),
        "dictionary.md": dictionary(),
        QUALITY: quality_record(made.origin, known.quality),
    }
    return Release(version, date, made.origin, tables, made.texts, documents)


def together(*sections: str) -> str:
    """Return the sections that say something, an empty line between them."""
    return "\n\n".join(section.strip("\n") for section in sections if section.strip()) + "\n"
