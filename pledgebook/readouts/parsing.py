"""Captures to the table `readouts`: every column that one document decides."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from pledgebook.extraction.actors import gazetteer
from pledgebook.readouts.dates import day_of
from pledgebook.readouts.identifiers import readout_id
from pledgebook.readouts.languages import language_of
from pledgebook.readouts.openings import derived_title, opening_sentence
from pledgebook.readouts.participants import participants_of
from pledgebook.readouts.patterns import code_of, level_of
from pledgebook.sources.captures import Capture
from pledgebook.sources.documents import refuse_future
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.history import Archive, History, history_of
from pledgebook.sources.quarantine import quarantine_table, set_aside
from schemas import polars_schema

_ASSIGNED_LATER = frozenset({"n_commitments", "first_version", "changed_version"})
_MEETING_TYPES = ("readout", "joint_statement")
_FIRST_PARAGRAPHS = 2000


def empty_readouts() -> pl.DataFrame:
    """No readouts, with the columns that this stage fills: all but n_commitments, first_version and changed_version."""
    return pl.DataFrame(
        schema={name: kind for name, kind in polars_schema("readouts").items() if name not in _ASSIGNED_LATER}
    )


class Parsed(NamedTuple):
    """What came of captures: readouts, sorted by readout_id; quarantine rows of captures that are none, and of copies that do not count;
    what happened to each statement at its source, as rows of the table `captures`."""

    readouts: pl.DataFrame
    quarantine: pl.DataFrame
    events: pl.DataFrame


def parse_readouts(captures: Sequence[Capture], store: Archive) -> Parsed:
    """The readouts at the addresses of the captures, and what happened to them.

    Every capture becomes a row: the captures are to be the newest of their addresses, as `CaptureStore.newest` returns them.
    """
    rows, aside, events = [], [], []
    for capture in captures:
        name = capture.url or capture.name
        try:
            history = history_of(capture, store)
            row = _row(history)
        except UnreadableDocument as problem:
            aside.append(set_aside(name, problem, None if capture.fetched else capture.name))
            continue
        rows.append(row)
        aside += [
            set_aside(name, problem, None if copy.fetched else copy.name, table="captures")
            for copy, problem in history.aside
        ]
        events += [{"readout_id": row["readout_id"], **vars(event)} for event in history.events]
    readouts = pl.DataFrame(rows, schema=empty_readouts().schema, orient="row")
    told = pl.DataFrame(events, schema=polars_schema("captures"), orient="row")
    return Parsed(readouts.sort("readout_id", "capture_sha256"), quarantine_table(aside), told)


def _row(history: History) -> dict[str, Any]:
    capture, document = history.capture, history.document
    opening = opening_sentence(document.text)
    title = document.title or derived_title(opening)
    kind = code_of("document_types", title, opening) or "statement"
    day, basis = day_of(document, opening, kind in _MEETING_TYPES)
    refuse_future(day, capture)
    first_day = document.day or day
    beginning = f"{document.title or ''}\n\n{document.text[:_FIRST_PARAGRAPHS]}"
    issuer = document.issuer or _issuer_in(beginning, first_day)
    text_sha256 = hashlib.sha256(document.text.encode()).hexdigest()
    return {
        "readout_id": readout_id(document.url, issuer, title, first_day.isoformat(), text_sha256),
        "source": document.source,
        "publisher": document.publisher or "unknown",
        "issuer": issuer,
        "text_origin": document.text_origin,
        "document_type": kind,
        "title": title,
        "title_basis": "stated" if document.title else "first_sentence",
        "url": document.url,
        "alternate_urls": [],
        "language": document.language or language_of(document.text, document.usual_language),
        "licence": document.licence,
        "date": day,
        "date_basis": basis,
        "published_at": document.published_at,
        "retrieved_at": capture.captured_at,
        "text": document.text,
        "text_sha256": text_sha256,
        "capture_sha256": capture.sha256,
        "availability": "gone" if history.is_gone else "live",
        "issuer_level": level_of(issuer, title, document.byline, opening),
        "participants": participants_of(issuer, kind, title, opening, first_day),
        "meeting_mode": code_of("meeting_modes", title, opening) if kind in _MEETING_TYPES else None,
        "meeting_id": None,
    }


def _issuer_in(text: str, day: date) -> str:
    """The issuer of a document that nothing else gives away: whom it names first, as readouts begin with their own side.

    Raises UnreadableDocument `no_issuer` when it names nobody.
    """
    mentions = gazetteer().mentions(text, day)
    if not mentions:
        reason = "it does not say whose statement it is; add `issuer: USA` (an actor code) to its front matter"
        raise UnreadableDocument("no_issuer", reason, column="issuer")
    return mentions[0].code
