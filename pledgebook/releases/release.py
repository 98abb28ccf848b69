"""Make a release: the tables of a run become the next version of the book, or nothing when nothing differs."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from pledgebook.releases.assembly import Draft, Run, draft
from pledgebook.releases.changelog import changelog_section
from pledgebook.releases.corrections import CORRECTIONS, read_corrections
from pledgebook.releases.data_card import data_card, quality_record, release_date
from pledgebook.releases.files import Release
from pledgebook.releases.frames import Tables, empty
from pledgebook.releases.place import CHANGELOG, Entry, clean, folder_of, read_index, read_tables, sole_publisher
from pledgebook.releases.publication import publish
from pledgebook.releases.sightings import Seen
from pledgebook.releases.source_changes import at_the_source
from pledgebook.releases.validation import check_handed_over
from schemas import dictionary

KNOWN = {"publisher": pl.String, "url": pl.String, "month": pl.Date, "captured": pl.Boolean}


@dataclass(frozen=True)
class Outcome:
    """What a run came to; `version` and `folder` are None when nothing differed and so nothing was published."""

    version: str | None
    previous: str | None
    folder: Path | None
    message: str
    figures: dict[str, int]
    changes: pl.DataFrame
    quarantine: pl.DataFrame


def make_release(
    place: str | Path,
    readouts: pl.DataFrame,
    found_commitments: pl.DataFrame,
    quarantine: pl.DataFrame,
    captures: pl.DataFrame,
    *,
    events: pl.DataFrame | None = None,
    known: pl.DataFrame | None = None,
    dry_run: bool = False,
    corrections: str | Path = CORRECTIONS,
    quality: Mapping[str, Any] | None = None,
) -> Outcome:
    """Make the next version of the book that stands at a place.

    `readouts` and `found_commitments` are what this run read, as the stages hand them over; `quarantine` what they set
    aside; `captures` (source, url, name, captured_at) what was looked at; `events` what happened to these statements at their sources,
    as rows of the table `captures`; `known` (publisher, url, month, captured) what discovery knows; without them nothing is told of
    either. `quality` is a measurement with the extractor that it measured. A dry run says what would be published and writes nothing.
    Raises ReleaseError: BrokenColumn, StaleCorrection, PlaceBusy or PublicationFailed.
    """
    place = Path(place)
    with nullcontext() if dry_run else sole_publisher(place):
        if not dry_run:
            clean(place)
        entry = next(iter(read_index(place)[-1:]), None)
        previous = read_tables(place, entry)
        checked = check_handed_over(readouts, found_commitments)
        happened = empty("captures") if events is None else events
        seen = Seen(readouts, captures, happened, pl.DataFrame(schema=KNOWN) if known is None else known)
        run = Run(checked, quarantine, seen)
        made = draft(previous, entry, run, read_corrections(Path(corrections)))
        if made.version is not None and not dry_run:
            publish(place, ready(made, previous, entry, captures, quality))
    return outcome(place, entry, run, made, dry_run=dry_run)


def ready(
    made: Draft, previous: Tables, entry: Entry | None, captures: pl.DataFrame, quality: Mapping[str, Any] | None
) -> Release:
    """Return the release of a draft that has a version: its tables and the documents beside them."""
    tables, version = made.tables, str(made.version)
    date = release_date(tables, captures, entry.date if entry else None)
    fresh = tables["withdrawn_rows"].join(previous["withdrawn_rows"], on="row_id", how="anti")
    documents = {
        "README.md": data_card(version, date, made.origin, tables, quality),
        CHANGELOG: changelog_section(version, date, entry.version if entry else None, tables, fresh)
        + at_the_source(previous, tables),
        "dictionary.md": dictionary(),
        "quality.json": quality_record(made.origin, quality),
    }
    return Release(version, date, made.origin, tables, documents)


def figures_of(run: Run, made: Draft) -> dict[str, int]:
    """Return the numbers of a run: what was read, what the book holds, what came, left and changed."""
    changes = made.tables["changes"]
    figures = {"documents_read": run.seen.read.height, "quarantined": run.quarantine.height}
    for name in ("readouts", "commitments"):
        figures[name] = made.tables[name].height
        rows = changes.filter(pl.col("table") == name)
        for change in ("added", "removed", "changed"):
            figures[f"{name}_{change}"] = rows.filter(pl.col("change") == change)["row_id"].n_unique()
    return figures


def outcome(place: Path, entry: Entry | None, run: Run, made: Draft, *, dry_run: bool) -> Outcome:
    """Say what a run came to."""
    standing = entry.version if entry else None
    if made.version is None:
        message = (
            f"Nothing differs from {standing}: nothing was published." if entry else "There is nothing to publish."
        )
    elif dry_run:
        message = f"Dry run: version {made.version} would be published to {place}."
    else:
        message = f"Published version {made.version} to {folder_of(place, made.version)}."
    folder = None if made.version is None or dry_run else folder_of(place, made.version)
    return Outcome(
        made.version,
        standing,
        folder,
        message,
        figures_of(run, made),
        made.tables["changes"],
        made.tables["quarantine"],
    )
