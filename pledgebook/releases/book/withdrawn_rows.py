"""The rows that have left the book, each with the rule by which it left and what took its place."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pledgebook.releases.book.texts import Texts
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.frames import Tables, empty, without
from pledgebook.releases.places.index import Entry
from pledgebook.releases.places.place import Place
from pledgebook.releases.places.published import read_tables


def withdrawn_rows(
    previous: Tables, book: Tables, texts: Texts, last_version: str, corrected: frozenset[str], lost: pl.DataFrame
) -> pl.DataFrame:
    """Return all rows that have ever left, those of this run included.

    `texts` are those of the book; `corrected` names the rows that a correction withdraws, `lost` holds those of withdrawn versions as
    `rows_of_withdrawn_versions` returns them. A readout that is back is no longer listed.
    """
    readouts = gone_readouts(previous["readouts"], book["readouts"], corrected)
    commitments = gone_commitments(previous, book, texts, readouts, corrected)
    present = pl.concat(
        [book["readouts"].select(row_id="readout_id"), book["commitments"].select(row_id="commitment_id")]
    )
    fresh = pl.concat([readouts, commitments]).with_columns(last_version=pl.lit(last_version))
    columns = empty("withdrawn_rows").columns
    every = pl.concat([part.select(columns) for part in (previous["withdrawn_rows"], fresh, lost)])
    return every.join(present, on="row_id", how="anti", maintain_order="left").unique(
        "row_id", keep="first", maintain_order=True
    )


def rows_of_withdrawn_versions(place: Place, entries: Sequence[Entry]) -> pl.DataFrame:
    """Return the rows of versions that were withdrawn: whoever cited one must learn that the book does not hold it.

    `entries` are the withdrawn versions since the last good one. One whose files are no longer whole tells nothing.
    """
    parts = [empty("withdrawn_rows")]
    for entry in reversed(entries):
        try:
            tables = read_tables(place, entry)
        except ReleaseError:
            continue
        parts += [
            tables[name].select(
                table=pl.lit(name),
                row_id=key,
                last_version=pl.lit(entry.version),
                reason=pl.lit("version_withdrawn"),
                replaced_by=pl.lit(None, dtype=pl.String),
            )
            for name, key in (("readouts", "readout_id"), ("commitments", "commitment_id"))
        ]
    return pl.concat(parts).unique("row_id", keep="first", maintain_order=True)


def gone_readouts(previous: pl.DataFrame, present: pl.DataFrame, corrected: frozenset[str]) -> pl.DataFrame:
    """Return the readouts that leave in this run."""
    by_url = present.select(
        replaced_by="readout_id", url=pl.concat_list(pl.concat_list("url"), "alternate_urls")
    ).explode("url")
    by_text = present.select("text_sha256", same_text="readout_id").unique("text_sha256", keep="first")
    gone = without(previous, present, "readout_id")
    gone = gone.join(by_url.drop_nulls().unique("url", keep="first"), on="url", how="left").join(
        by_text, on="text_sha256", how="left"
    )
    return gone.select(
        table=pl.lit("readouts"),
        row_id="readout_id",
        reason=pl.when(pl.col("readout_id").is_in(list(corrected)))
        .then(pl.lit("correction"))
        .when(pl.col("text_origin") == "summary")
        .then(pl.lit("sample_replaced"))
        .otherwise(pl.lit("merged")),
        replaced_by=pl.coalesce("replaced_by", "same_text"),
    )


def gone_commitments(
    previous: Tables, book: Tables, texts: Texts, readouts: pl.DataFrame, corrected: frozenset[str]
) -> pl.DataFrame:
    """Return the commitments that leave in this run; one of a merged readout is replaced by the same quote there."""
    gone = without(previous["commitments"], book["commitments"], "commitment_id")
    moved = gone.join(
        readouts.select("reason", readout_id="row_id", new_readout="replaced_by"), on="readout_id", how="left"
    )
    there = book["commitments"].filter(pl.col("readout_id").is_in(moved["new_readout"].drop_nulls().implode()))
    quotes = there.select("quote", "char_start", new_readout="readout_id", replaced_by="commitment_id")
    moved = moved.join(quotes, on=["new_readout", "quote", "char_start"], how="left")
    now = book["readouts"].select("text", standing="readout_id")
    moved = moved.join(now, left_on=pl.coalesce("new_readout", "readout_id"), right_on="standing", how="left")
    moved = moved.with_columns(
        words=pl.col("text").replace_strict(texts.named(moved["text"]), default=None, return_dtype=pl.String)
    )
    sampled = previous["readouts"].filter(pl.col("text_origin") == "summary")["readout_id"].to_list()
    was_sample = pl.col("readout_id").is_in(sampled)
    return moved.select(
        table=pl.lit("commitments"),
        row_id="commitment_id",
        reason=pl.when(pl.col("commitment_id").is_in(list(corrected)))
        .then(pl.lit("correction"))
        .when(was_sample & pl.col("reason").is_null())
        .then(pl.lit("sample_replaced"))
        # A readout may be merged because it no longer says what it said.
        .when((pl.col("reason") != "merged") | pl.col("replaced_by").is_not_null())
        .then("reason")
        .when(~pl.col("words").str.contains(pl.col("quote"), literal=True))
        .then(pl.lit("taken_out"))
        .otherwise(pl.lit("not_found_again")),
        replaced_by="replaced_by",
    )
