"""Make a release: the tables of a run become the next version of the book, or nothing when nothing differs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import polars as pl

from pledgebook.releases.auditing.audits import AUDITS, read_audits
from pledgebook.releases.book.assembly import Draft, Run, Standing, draft
from pledgebook.releases.book.corrections import CORRECTIONS, read_corrections
from pledgebook.releases.book.sightings import Seen, as_read
from pledgebook.releases.book.texts import Texts
from pledgebook.releases.book.withdrawn_rows import rows_of_withdrawn_versions
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.frames import empty
from pledgebook.releases.gates import closed_gates, lower_scores
from pledgebook.releases.leaving_columns import departed, successors, unannounced
from pledgebook.releases.outcome import Outcome, nothing_differs, outcome
from pledgebook.releases.places.index import last_good, since
from pledgebook.releases.places.place import Place, open_place, read_index
from pledgebook.releases.places.published import published_bytes, published_texts, read_tables
from pledgebook.releases.publication import clean, publish
from pledgebook.releases.reading_record import Reading, is_told, keep_record, refuse_other_version, settled
from pledgebook.releases.texts.documents import QUALITY, Known, documented
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.fetching.source_visits import StaleSource

KNOWN = {"publisher": pl.String, "url": pl.String, "month": pl.Date, "captured": pl.Boolean}


def make_release(
    address: str | Path | Place,
    readouts: pl.LazyFrame,
    found_commitments: pl.LazyFrame,
    quarantine: pl.DataFrame,
    captures: pl.LazyFrame,
    *,
    events: pl.LazyFrame | None = None,
    known: pl.DataFrame | None = None,
    reading: Reading | None = None,
    stale: Sequence[StaleSource] = (),
    dry_run: bool = False,
    accept: str | None = None,
    corrections: str | Path = CORRECTIONS,
    audits: str | Path = AUDITS,
    quality: Mapping[str, Any] | None = None,
) -> Outcome:
    """Make the next version of the book that stands at a place.

    `readouts` and `found_commitments` are what this run read, as the stages hand them over, and `captures` (source, url, name, captured_at)
    what it looked at, scanned and not collected: of a large book little is in memory at once; `quarantine` is what the stages set aside;
    `events` what happened to these statements at their sources, as rows of the table `captures`; `known` (publisher, url, month, captured)
    what discovery knows; without them nothing is told of either. `reading` says which documents these rows come from, so that the next run
    can leave them out while they stay as they are; `stale` are sources that could not be read to their end, which the version tells.
    `quality` is a measurement with the extractor that it measured, `audits` a folder of forms that people filled in, `accept` the reason
    for which a version is published though a gate is closed. A dry run says what would be published and writes nothing.
    Raises WrongUse for an empty reason, and ReleaseError: BrokenColumn, StaleCorrection, PlaceBusy or PublicationFailed.
    """
    place, read = open_place(address), as_read(readouts)
    if accept is not None and not accept.strip():
        raise WrongUse("say with --accept why the version is to be published all the same; the changelog prints it")
    with nullcontext() if dry_run else place.publishing():
        if not dry_run:
            clean(place)
        entry = last_good(read_index(place))
        if reading:
            refuse_other_version(place, entry, reading)
            if (
                entry
                and read.is_empty()
                and quarantine.is_empty()
                and settled(place, entry, reading, Path(corrections))
            ):
                return nothing_differs(place, entry)
        standing = standing_at(place)
        happened = empty("captures").lazy() if events is None else events
        seen = Seen(read, captures, happened, pl.DataFrame(schema=KNOWN) if known is None else known)
        run = Run(readouts, found_commitments, Texts(readouts), quarantine, seen)
        judged = read_audits(Path(audits))
        corrected = read_corrections(Path(corrections))
        made = draft(standing, run, corrected)
        closed = gates(place, standing, made, quality)
        refused = closed if accept is None else []
        if made.version is not None and not refused and not dry_run:
            instead = successors(place, standing.entry, departed(made.tables["changes"]))
            known_beside = Known(captures, quality, judged, corrected, instead, closed, accept, stale)
            publish(place, documented(made, standing, known_beside))
        # What was only set aside stands nowhere until there is a version to tell it, and is read again until then.
        told = made.version is not None or is_told(made.quarantine, standing.tables["quarantine"])
        if reading and told and not refused and not dry_run:
            keep_record(place, standing.entry, reading, Path(corrections))
    accepted_nothing = accept is not None and not closed
    return outcome(place, standing, run, made, refused, dry_run=dry_run, accepted_nothing=accepted_nothing)


def standing_at(place: Place) -> Standing:
    """Return what stands at a place: its versions, the last good one, and the tables of that."""
    entries = read_index(place)
    entry = last_good(entries)
    withdrawn = rows_of_withdrawn_versions(place, since(entries, entry))
    return Standing(entries, entry, read_tables(place, entry), published_texts(place, entry), withdrawn)


def gates(place: Place, standing: Standing, made: Draft, quality: Mapping[str, Any] | None) -> list[str]:
    """Return what speaks against publishing a draft."""
    if made.version is None:
        return []
    measured = quality if quality is not None and made.extractors == {quality.get("extractor")} else {}
    return [
        *closed_gates(standing.tables, made.tables),
        # A run that found nothing says nothing of its extractor.
        *(lower_scores(last_measurement(place, standing), measured) if made.extractors else []),
        *unannounced(place, standing.entries, standing.entry, departed(made.tables["changes"])),
    ]


def last_measurement(place: Place, standing: Standing) -> Mapping[str, Any]:
    """Return the newest record of quality that holds scores, withdrawn versions aside; nothing when none does."""
    for entry in reversed([entry for entry in standing.entries if entry.withdrawn is None]):
        try:
            record: Mapping[str, Any] = json.loads(published_bytes(place, entry, QUALITY))
        except ReleaseError:
            # An old version may have lost its files; the one that stands may not.
            if entry == standing.entry:
                raise
            continue
        if record.get("sets"):
            return record
    return {}
