"""What a run came to: a version or none, and the numbers of what was read, what the book holds and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pledgebook.releases.book.assembly import Draft, Run, Standing
from pledgebook.releases.frames import empty
from pledgebook.releases.gates import refusal
from pledgebook.releases.places.index import Entry
from pledgebook.releases.places.place import Place
from pledgebook.releases.places.published import read_table

EVENT = ["readout_id", "captured_at", "event"]
CHANGES = ("added", "removed", "changed")

NOT_NEEDED = "\nThe reason of --accept was not needed, and is printed nowhere: no gate was closed."


@dataclass(frozen=True)
class Outcome:
    """What a run came to; `version` and `folder` are None when nothing was published.

    That is so when nothing differed, or when a gate was closed: `refused` says which, in sentences. `quarantine` is that of the book,
    `rejected` what the checks of this run set aside; `events` are rows of the table `captures` that the last version has not.
    """

    version: str | None
    previous: str | None
    folder: str | None
    message: str
    figures: dict[str, int]
    changes: pl.DataFrame
    quarantine: pl.DataFrame
    rejected: pl.DataFrame
    events: pl.DataFrame
    refused: Sequence[str] = ()


def figures_of(run: Run, made: Draft) -> dict[str, int]:
    """Return the numbers of a run: what was read, what the book holds, what came, left and changed."""
    changes = made.tables["changes"]
    unlicensed = run.seen.read.filter(pl.col("licence") == "unknown")["readout_id"].n_unique()
    figures = {
        "documents_read": run.seen.read.height,
        "quarantined": made.quarantine.height,
        "unlicensed": unlicensed,
    }
    for name in ("readouts", "commitments"):
        figures[name] = made.tables[name].height
        rows = changes.filter(pl.col("table") == name)
        for change in CHANGES:
            figures[f"{name}_{change}"] = rows.filter(pl.col("change") == change)["row_id"].n_unique()
    return figures


def outcome(
    place: Place,
    standing: Standing,
    run: Run,
    made: Draft,
    refused: Sequence[str],
    *,
    dry_run: bool,
    accepted_nothing: bool,
) -> Outcome:
    """Say what a run came to; `refused` names the gates that nobody accepted; `accepted_nothing`: a reason was given though none was closed."""
    entry = standing.entry
    published = not refused and not dry_run
    version = made.version if published or dry_run else None
    return Outcome(
        version,
        entry.version if entry else None,
        place.shown(f"v{made.version}") if version and published else None,
        message(place, entry, made, refused, dry_run=dry_run) + (NOT_NEEDED if accepted_nothing else ""),
        figures_of(run, made),
        made.tables["changes"],
        made.tables["quarantine"],
        made.rejected,
        made.tables["captures"].join(standing.tables["captures"], on=EVENT, how="anti"),
        refused,
    )


def nothing_differs(place: Place, entry: Entry) -> Outcome:
    """Say that a run found all as it was when the version that stands was made."""
    figures = {"documents_read": 0, "unlicensed": 0, "quarantined": 0}
    for name, rows in (("readouts", entry.readouts), ("commitments", entry.commitments)):
        figures |= {name: rows, **{f"{name}_{change}": 0 for change in CHANGES}}
    return Outcome(
        None,
        entry.version,
        None,
        unchanged(entry),
        figures,
        empty("changes"),
        read_table(place, "quarantine", entry.version),
        empty("quarantine"),
        empty("captures"),
    )


def message(place: Place, entry: Entry | None, made: Draft, refused: Sequence[str], *, dry_run: bool) -> str:
    """Return what a run came to in a sentence or two."""
    if made.version is None:
        return unchanged(entry) if entry else "There is nothing to publish."
    if dry_run:
        told = f"Dry run: version {made.version} would be published to {place.address}."
        return f"{told} {refusal(made.version, refused)}" if refused else told
    if refused:
        return refusal(made.version, refused)
    return f"Published version {made.version} to {place.shown(f'v{made.version}')}."


def unchanged(entry: Entry) -> str:
    """Return the sentence for a run that came to nothing new."""
    return f"Nothing differs from {entry.version}: nothing was published."
