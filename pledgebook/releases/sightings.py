"""The tables `captures` and `coverage`: what was seen when, and what was collected at all."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from pledgebook.releases.frames import Tables, empty


class Seen(NamedTuple):
    """What a run looked at: the readouts as read, before any check, and the captures (source, url, name)."""

    read: pl.DataFrame
    captures: pl.DataFrame


def capture_events(previous: Tables, readouts: pl.DataFrame) -> pl.DataFrame:
    """Return the events of all releases: a readout is first seen, later its text is edited.

    A copy with other bytes and the same text is no event: pages change their furniture with every request. Samples are never events.
    """
    known = previous["captures"].select("readout_id").unique()
    same = previous["readouts"].select("readout_id", "text_sha256")
    seen = (pl.col("retrieved_at").is_not_null()) & (pl.col("text_origin") == "official")
    fresh = readouts.filter(seen).join(same, on=["readout_id", "text_sha256"], how="anti")
    events = fresh.join(known.with_columns(event=pl.lit("edited")), on="readout_id", how="left").select(
        "readout_id",
        "url",
        captured_at="retrieved_at",
        sha256="capture_sha256",
        event=pl.col("event").fill_null("first_seen"),
    )
    together = pl.concat([previous["captures"], events])
    return together.unique(["readout_id", "captured_at", "event"], keep="first", maintain_order=True)


def kept_quarantine(
    previous: pl.DataFrame, fresh: pl.DataFrame, read: pl.DataFrame, captures: pl.DataFrame
) -> pl.DataFrame:
    """Return the quarantine of the book: this run's, and what earlier runs set aside and this one did not see."""
    seen = pl.concat([read["readout_id"], fresh["row_id"], captures["name"], captures["url"].drop_nulls()]).unique()
    # A found commitment is named by its readout and its offsets.
    owner = pl.col("row_id").str.split(":").list.first()
    unseen = previous.filter(~pl.col("row_id").is_in(seen.to_list()), ~owner.is_in(seen.to_list()))
    return pl.concat([unseen, fresh.select(previous.columns)]).unique(maintain_order=True)


def coverage(
    previous: Tables, readouts: pl.DataFrame, kept: pl.DataFrame, fresh: pl.DataFrame, seen: Seen
) -> pl.DataFrame:
    """Count, for each publisher and month, the documents known, captured, read and failed; samples are left out.

    A document that failed after it was parsed counts for its publisher and month; one that could not be read for the source of its
    capture, without a month. What an earlier run set aside stays counted where it was, until a run sees it again: `kept` is the
    quarantine of the book, `fresh` that of this run.
    """
    official = readouts.filter(pl.col("text_origin") == "official")
    done = official.select("publisher", month=pl.col("date").dt.truncate("1mo")).with_columns(read=1, failed=0)
    again = previous["quarantine"].filter(~pl.col("row_id").is_in(kept["row_id"].to_list()) | seen_anew(fresh))
    failed = [
        previous["coverage"].select("publisher", "month", read=0, failed=pl.col("failed").cast(pl.Int32)),
        failures(fresh, seen).with_columns(read=0, failed=1),
        failures(again, seen).with_columns(read=0, failed=-1),
    ]
    counts = pl.concat([done, *failed], how="vertical_relaxed").group_by("publisher", "month")
    summed = counts.agg(pl.col("read").sum(), pl.col("failed").sum().clip(lower_bound=0))
    told = summed.filter(pl.col("read") + pl.col("failed") > 0)
    whole = told.with_columns(known=pl.col("read") + pl.col("failed"), captured=pl.col("read") + pl.col("failed"))
    return whole.select(pl.col(name).cast(kind) for name, kind in empty("coverage").schema.items())


def seen_anew(fresh: pl.DataFrame) -> pl.Expr:
    """Whether a quarantine row is of a document that this run set aside once more."""
    return pl.col("row_id").is_in(fresh["row_id"].to_list())


def failures(quarantine: pl.DataFrame, seen: Seen) -> pl.DataFrame:
    """Return publisher and month of each document that was set aside."""
    read, captures = seen.read, seen.captures
    documents = quarantine.filter(pl.col("table") == "readouts").select("row_id").unique()
    parsed = read.filter(pl.col("text_origin") == "official").select(
        "publisher", row_id="readout_id", month=pl.col("date").dt.truncate("1mo")
    )
    by_name = captures.select("source", row_id="name")
    by_url = captures.filter(pl.col("url").is_not_null()).select("source", row_id="url")
    sources = pl.concat([by_name, by_url]).unique("row_id", keep="first", maintain_order=True)
    placed = documents.join(parsed.unique("row_id"), on="row_id", how="left").join(sources, on="row_id", how="left")
    return placed.select(pl.coalesce("publisher", "source").alias("publisher"), "month")
