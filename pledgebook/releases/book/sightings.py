"""The tables `captures` and `coverage`: what was seen when, and what was collected at all."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from pledgebook.releases.frames import Tables, empty, kept, without
from pledgebook.sources.addresses import canonical_url

READ = ["readout_id", "publisher", "date", "text_origin", "licence"]


class Seen(NamedTuple):
    """What a run looked at.

    read: the readouts as read, before any check (readout_id, publisher, date, text_origin, licence); captures: source, url, name; events:
    what happened to the statements at their sources, as rows of the table `captures`; known: every document that discovery knows
    (publisher, url, month, captured).
    """

    read: pl.DataFrame
    captures: pl.LazyFrame
    events: pl.LazyFrame
    known: pl.DataFrame


def as_read(readouts: pl.LazyFrame) -> pl.DataFrame:
    """Return what is asked later of the readouts as they were read; a missing column is left for the checks to report."""
    return readouts.select(pl.selectors.by_name(READ, require_all=False)).collect(engine="streaming")


def capture_events(previous: Tables, readouts: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Return the events of all releases: the previous ones, and those of this run that are not among them.

    Each run tells the whole life of the statements that it reads. A statement is first seen once, whatever older copy is loaded later. An
    event of a statement that was merged into another is told under that one. Samples are never events.
    """
    fresh = told_of_the_book(readouts.filter(pl.col("text_origin") == "official"), events)
    is_first = pl.col("event") == "first_seen"
    known = previous["captures"].filter(is_first).select("readout_id")
    first = fresh.filter(is_first).unique("readout_id", keep="first", maintain_order=True)
    parts = [first.join(known, on="readout_id", how="anti", maintain_order="left"), fresh.filter(~is_first)]
    together = pl.concat([previous["captures"], *(part.select(previous["captures"].columns) for part in parts)])
    return together.unique(["readout_id", "captured_at", "event"], keep="first", maintain_order=True)


def told_of_the_book(official: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Return the events of the statements that the book holds, in the order of time, merged ones under the one that stayed."""
    own = kept(events, pl.col("readout_id").is_in(official["readout_id"].implode()))
    merged = without(events, official, "readout_id").drop_nulls("url")
    spelled = merged.with_columns(address=pl.Series([canonical(url) for url in merged["url"]], dtype=pl.String))
    under = spelled.drop("readout_id").join(addresses(official, spelled), on="address").select(events.columns)
    return pl.concat([own, under]).sort("captured_at", "url", "sha256", nulls_last=True)


def addresses(official: pl.DataFrame, asked: pl.DataFrame) -> pl.DataFrame:
    """Return every address at which each statement stood, in its canonical form: readout_id, address; where nothing is asked, none."""
    if asked.is_empty():
        # To spell a million addresses takes a minute.
        return pl.DataFrame(schema={"readout_id": pl.String, "address": pl.String})
    every = official.select("readout_id", address=pl.concat_list(pl.concat_list("url"), "alternate_urls"))
    rows = every.explode("address").drop_nulls().sort("readout_id", "address")
    spelled = pl.Series([canonical(url) for url in rows["address"]], dtype=pl.String)
    return rows.with_columns(address=spelled).unique("address", keep="first", maintain_order=True)


def canonical(url: str) -> str:
    """Return the canonical form of an address; what is none stays as it is."""
    try:
        return canonical_url(url)
    except ValueError:
        return url


def kept_quarantine(
    previous: pl.DataFrame, fresh: pl.DataFrame, read: pl.DataFrame, captures: pl.LazyFrame
) -> pl.DataFrame:
    """Return the quarantine of the book: this run's, and what earlier runs set aside and this one did not see."""
    # A found commitment is named by its readout and its offsets.
    owner = pl.col("row_id").str.split(":").list.first()
    asked = pl.concat([previous["row_id"], previous.select(owner).to_series()]).unique()
    names = [
        read.lazy().select("readout_id"),
        fresh.lazy().select("row_id"),
        captures.select("name"),
        captures.select("url"),
    ]
    sought = pl.concat([some.select(name=pl.first()).filter(pl.col("name").is_in(asked.implode())) for some in names])
    seen = sought.collect()["name"].unique()
    unseen = previous.filter(~pl.col("row_id").is_in(seen.implode()), ~owner.is_in(seen.implode()))
    return pl.concat([unseen, fresh.select(previous.columns)]).unique(maintain_order=True)


def coverage(
    previous: Tables, readouts: pl.DataFrame, kept: pl.DataFrame, fresh: pl.DataFrame, seen: Seen
) -> pl.DataFrame:
    """Count, for each publisher and month, the documents known, captured, read and failed; samples are left out.

    Known are those captured and those that discovery knows and that could not be captured yet, or were not asked for.

    A document that failed after it was parsed counts for its publisher and month; one that could not be read for the source of its
    capture, without a month. What an earlier run set aside stays counted where it was, until a run sees it again: `kept` is the
    quarantine of the book, `fresh` that of this run.
    """
    official = readouts.filter(pl.col("text_origin") == "official")
    done = official.select("publisher", month=pl.col("date").dt.truncate("1mo")).with_columns(read=1, failed=0)
    again = previous["quarantine"].filter(~pl.col("row_id").is_in(kept["row_id"].implode()) | seen_anew(fresh))
    failed = [
        previous["coverage"].select("publisher", "month", read=0, failed=pl.col("failed").cast(pl.Int32)),
        failures(fresh, seen).with_columns(read=0, failed=1),
        failures(again, seen).with_columns(read=0, failed=-1),
    ]
    seen_rows = [rows.with_columns(missing=0) for rows in (done, *failed)]
    uncaptured = seen.known.filter(~pl.col("captured"))
    absent = uncaptured.join(addresses(official, uncaptured), left_on="url", right_on="address", how="anti")
    unheld = missing(previous["coverage"], absent, seen.known["publisher"])
    rows = [*seen_rows, unheld.select(seen_rows[0].columns)]
    counts = pl.concat(rows, how="vertical_relaxed").group_by("publisher", "month")
    summed = counts.agg(pl.col("read", "missing").sum(), pl.col("failed").sum().clip(lower_bound=0))
    captured = pl.col("read") + pl.col("failed")
    whole = summed.with_columns(known=captured + pl.col("missing"), captured=captured).filter(pl.col("known") > 0)
    return whole.select(pl.col(name).cast(kind) for name, kind in empty("coverage").schema.items())


def missing(previous: pl.DataFrame, absent: pl.DataFrame, crawled: pl.Series) -> pl.DataFrame:
    """Return, for each publisher and month, how many documents are known and not captured; `absent` names these documents.

    Of publishers that were not `crawled` here the figures of the previous release stand.
    """
    fresh = absent.group_by("publisher", "month").len("missing")
    elsewhere = ~pl.col("publisher").is_in(crawled.unique().to_list(), nulls_equal=True)
    kept = previous.filter(elsewhere).select("publisher", "month", missing=pl.col("known") - pl.col("captured"))
    both = pl.concat([fresh, kept], how="vertical_relaxed").filter(pl.col("missing") > 0)
    return both.with_columns(read=0, failed=0)


def seen_anew(fresh: pl.DataFrame) -> pl.Expr:
    """Whether a quarantine row is of a document that this run set aside once more."""
    return pl.col("row_id").is_in(fresh["row_id"].implode())


def failures(quarantine: pl.DataFrame, seen: Seen) -> pl.DataFrame:
    """Return publisher and month of each document that was set aside."""
    read, captures = seen.read, seen.captures
    documents = quarantine.filter(pl.col("table") == "readouts").select("row_id").unique()
    parsed = read.filter(pl.col("text_origin") == "official").select(
        "publisher", row_id="readout_id", month=pl.col("date").dt.truncate("1mo")
    )
    named = [captures.select("source", row_id=name) for name in ("name", "url")]
    of_these = [some.filter(pl.col("row_id").is_in(documents["row_id"].implode())) for some in named]
    sources = pl.concat(of_these).collect().unique("row_id", keep="first", maintain_order=True)
    placed = documents.join(parsed.unique("row_id"), on="row_id", how="left").join(sources, on="row_id", how="left")
    return placed.select(pl.coalesce("publisher", "source").alias("publisher"), "month")
