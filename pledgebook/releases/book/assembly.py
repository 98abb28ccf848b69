"""Put a version together: the book, what differs in it and why, the number that follows, and the tables beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from pledgebook.releases.book.causes import Origin, changes
from pledgebook.releases.book.corrections import Correction, withdrawals
from pledgebook.releases.book.difference import EVERY_ROW, difference
from pledgebook.releases.book.sightings import Seen, capture_events, coverage, kept_quarantine
from pledgebook.releases.book.soundness import faults
from pledgebook.releases.book.texts import Texts, without_texts
from pledgebook.releases.book.validation import check_handed_over
from pledgebook.releases.book.versions import next_version, same_first_number
from pledgebook.releases.book.whole_book import corrected_book, give_way
from pledgebook.releases.book.withdrawn_rows import withdrawn_rows
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.frames import Tables, arranged, beside, fitted, looked_up
from pledgebook.releases.mapped import mapped
from pledgebook.releases.places.index import Entry
from pledgebook.releases.writing.code_hash import code_hash
from schemas import CODEBOOK_VERSION, SCHEMA_VERSION, TABLES

UNRELEASED = "0.0.0"
VERSIONS = ["first_version", "changed_version"]


@dataclass(frozen=True)
class Run:
    """What one run read and set aside: readouts and found commitments, texts, quarantine of the earlier stages, and what was looked at."""

    readouts: pl.LazyFrame
    found: pl.LazyFrame
    texts: Texts
    aside: pl.DataFrame
    seen: Seen


@dataclass(frozen=True)
class Draft:
    """A version before it is written; `version` is None when nothing differs from the previous one.

    `texts` are those of the book, and of the version that it follows; `quarantine` is all that the run set aside, `rejected` what the
    checks did; `extractors` made what was found in the run.
    """

    version: str | None
    origin: Origin
    tables: Tables
    texts: Texts
    quarantine: pl.DataFrame
    rejected: pl.DataFrame
    extractors: frozenset[str]


class Standing(NamedTuple):
    """What stands at a place: its versions, the last good one (None at first) with its tables and texts, and the rows of withdrawn ones since."""

    entries: Sequence[Entry]
    entry: Entry | None
    tables: Tables
    texts: Texts
    withdrawn: pl.DataFrame


def draft(standing: Standing, run: Run, corrections: Sequence[Correction]) -> Draft:
    """Put the next version together from what stands and what a run read and set aside.

    Raises BrokenColumn, StaleCorrection, and ReleaseError when the book would not keep its own rules.
    """
    # Compared is what was published, columns that came or went included; all else reads it with today's columns.
    published, entry = standing.tables, standing.entry
    previous = {name: fitted(name, rows) for name, rows in published.items()}
    book, rejected, extractors = next_book(previous, run, corrections)
    book |= {name: with_first_versions(name, book[name], previous[name]) for name in book}
    differences = difference(published, book)
    origin = origin_of(book["commitments"])
    version = version_of(book, standing, origin, differences)
    last = entry.version if entry else UNRELEASED
    gone = withdrawals(corrections)
    texts = run.texts + standing.texts
    book["withdrawn_rows"] = withdrawn_rows(previous, book, texts, last, gone, standing.withdrawn)
    before = Origin(entry.codebook, entry.extractor, entry.code) if entry else origin
    book["changes"] = changes(differences, previous, book, (before, origin), list(corrections))
    aside = pl.concat([run.aside.select(rejected.columns), rejected])
    book |= sightings(previous, book["readouts"], aside, run.seen)
    # Each table goes once it is arranged: of a large book there is not to be a second one.
    tables = {
        name: mapped(arranged(name, with_version(name, book.pop(name), differences, version or last)).lazy())
        for name in TABLES
    }
    if version:
        refuse_faults(tables, texts)
    return Draft(version, origin, tables, texts, aside, rejected, extractors)


def next_book(
    previous: Tables, run: Run, corrections: Sequence[Correction]
) -> tuple[Tables, pl.DataFrame, frozenset[str]]:
    """Return readouts and commitments of the book, the rows that the checks set aside, and the extractors of those found in the run."""
    checked = check_handed_over(without_texts(run.readouts), mapped(run.found), run.texts)
    extractors = frozenset(checked.found["extractor"].unique())
    return corrected_book(previous, give_way(checked, previous), corrections), checked.quarantine, extractors


def sightings(previous: Tables, readouts: pl.DataFrame, aside: pl.DataFrame, seen: Seen) -> Tables:
    """Return the tables that tell what was seen, collected and set aside."""
    quarantine = kept_quarantine(previous["quarantine"], aside, seen.read, seen.captures)
    return {
        "quarantine": quarantine,
        "captures": capture_events(previous, readouts, seen.events.collect()),
        "coverage": coverage(previous, readouts, quarantine, aside, seen),
    }


def origin_of(commitments: pl.DataFrame) -> Origin:
    """Return what made the rows: their newest codebook, their extractors, and the hash of the present code."""
    codebooks = sorted(commitments["codebook"].unique(), key=lambda version: [int(part) for part in version.split(".")])
    extractors = "; ".join(commitments["extractor"].unique().sort())
    return Origin((codebooks or [CODEBOOK_VERSION])[-1], extractors or "none", code_hash())


def version_of(book: Tables, standing: Standing, origin: Origin, differences: pl.DataFrame) -> str | None:
    """Return the number that follows from the differences; no number is given twice, withdrawn ones included."""
    entry = standing.entry
    same_meaning = entry is None or (
        same_first_number(entry.schema, SCHEMA_VERSION) and same_first_number(entry.codebook, origin.codebook)
    )
    return next_version(
        standing.entries[-1].version if standing.entries else None,
        differences,
        official=bool((book["readouts"]["text_origin"] == "official").any()),
        meaning_changed=not same_meaning,
    )


def with_first_versions(name: str, rows: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """Carry over from the previous release in which versions its rows appeared and last changed."""
    key = TABLES[name].names("key")[0]
    return looked_up(rows, key, previous.select(key, *VERSIONS))


def with_version(name: str, rows: pl.DataFrame, differences: pl.DataFrame, version: str) -> pl.DataFrame:
    """Write the version into the rows that it adds or changes."""
    if VERSIONS[0] not in rows.columns:
        return rows
    key = TABLES[name].names("key")[0]
    changed = differences.filter(pl.col("table") == name, pl.col("row_id") != EVERY_ROW)["row_id"].unique()
    now = pl.when(pl.col(key).is_in(changed.implode())).then(pl.lit(version)).otherwise("changed_version")
    return beside(rows, rows.select(pl.col("first_version").fill_null(version), changed_version=now))


def refuse_faults(tables: Tables, texts: Texts) -> None:
    """Raise ReleaseError when a table breaks a rule: the stages checked their rows, so a correction may be at fault."""
    found = [f"{name}: {fault}" for name, said in faults(tables, texts).items() for fault in said]
    if found:
        raise ReleaseError(
            f"The book would break its own rules and nothing was published. {'; '.join(found)}. "
            "Look at the corrections of these rows first."
        )
