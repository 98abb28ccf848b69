"""Captures to the table `readouts`: every column that one document decides."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import polars as pl

from pledgebook.readouts.identifiers import readout_id
from pledgebook.readouts.meeting_days import meeting_day
from pledgebook.readouts.participants import opening_sentence, participants_of
from pledgebook.readouts.patterns import code_of, level_of
from pledgebook.sources.captures import Capture
from pledgebook.sources.documents import PUBLICATION, Document, parse_capture
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.quarantine import quarantine_table, set_aside
from pledgebook.sources.store import CaptureStore
from schemas import polars_schema

_ASSIGNED_LATER = frozenset({"n_commitments", "first_version", "changed_version"})
_UNDETERMINED = "und"
_OPENING = 1200


def empty_readouts() -> pl.DataFrame:
    """No readouts, with the columns that this stage fills."""
    return pl.DataFrame(
        schema={name: kind for name, kind in polars_schema("readouts").items() if name not in _ASSIGNED_LATER}
    )


def parse_readouts(captures: Sequence[Capture], store: CaptureStore) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The readouts in the captures, sorted by readout_id, and a quarantine row for each capture that is none."""
    rows, aside = [], []
    for capture in captures:
        try:
            rows.append(_row(capture, parse_capture(capture, store.read(capture))))
        except UnreadableDocument as problem:
            aside.append(set_aside(capture.url or capture.name, problem))
    schema = empty_readouts().schema
    return pl.DataFrame(rows, schema=schema, orient="row").sort("readout_id"), quarantine_table(aside)


def _row(capture: Capture, document: Document) -> dict[str, Any]:
    opening = document.text[:_OPENING]
    issuer = _issuer(document)
    kind = code_of("document_types", document.title, opening) or "statement"
    text_sha256 = hashlib.sha256(document.text.encode()).hexdigest()
    sentence = opening_sentence(opening)
    met = meeting_day(sentence, document.day) if kind in ("readout", "joint_statement") else None
    return {
        "readout_id": readout_id(document.url, issuer, document.title, document.day.isoformat(), text_sha256),
        "source": document.source,
        "publisher": document.publisher or "unknown",
        "issuer": issuer,
        "issuer_level": level_of(issuer, document.title, f"{sentence} {document.byline}"),
        "document_type": kind,
        "text_origin": document.text_origin,
        "title": document.title,
        "url": document.url,
        "alternate_urls": [],
        "language": document.language or _UNDETERMINED,
        "licence": document.licence,
        "date": met or document.day,
        "date_basis": "meeting" if met and document.date_basis == PUBLICATION else document.date_basis,
        "published_at": document.published_at,
        "retrieved_at": capture.captured_at,
        "participants": participants_of(issuer, kind, document.title, opening, document.day),
        "meeting_mode": code_of("meeting_modes", document.title, sentence) if kind == "readout" else None,
        "meeting_id": None,
        "text": document.text,
        "text_sha256": text_sha256,
        "capture_sha256": capture.sha256,
        "availability": "live",
    }


def _issuer(document: Document) -> str:
    """The actor that speaks; a document without a known publisher cannot be attributed, so it is set aside."""
    if document.issuer is None:
        raise UnreadableDocument(
            "no_issuer",
            "nobody knows whose statement it is; add `issuer: USA` (an actor code) to its front matter",
            column="issuer",
        )
    return document.issuer
