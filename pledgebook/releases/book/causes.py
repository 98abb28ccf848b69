"""Why each row or value differs from the previous release."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pledgebook.releases.book.corrections import Correction
from pledgebook.releases.book.difference import EVERY_ROW
from pledgebook.releases.frames import Tables, empty, looked_up

SAME = ["text_sha256", "capture_sha256"]


@dataclass(frozen=True)
class Origin:
    """What made a release: the codebook it follows, the extractors that found its rows, and the hash of all code."""

    codebook: str
    extractor: str
    code: str


def changes(
    differences: pl.DataFrame,
    previous: Tables,
    book: Tables,
    origins: tuple[Origin, Origin],
    corrections: list[Correction],
) -> pl.DataFrame:
    """Return the table `changes`: the differences with their causes, and what an added row replaces.

    `origins` are those of the previous release and of this one; `book` holds its `withdrawn_rows`.
    """
    told = looked_up(differences, "readout_id", edits(previous["readouts"], book["readouts"]))
    replaced = book["withdrawn_rows"].join(previous["withdrawn_rows"], on="row_id", how="anti")
    replaced = replaced.drop_nulls("replaced_by").unique("replaced_by", keep="first", maintain_order=True)
    told = looked_up(told, "row_id", replaced.select(row_id="replaced_by", replaced="row_id"))
    told = looked_up(told, ["row_id", "column"], corrected(corrections, previous))
    came = pl.col("change") == "added"
    everything = pl.col("row_id") == EVERY_ROW
    return told.with_columns(
        cause=cause(*origins),
        previous_id=pl.when(everything).then(None).when(came).then("replaced").otherwise("row_id"),
    ).select(empty("changes").columns)


def cause(before: Origin, now: Origin) -> pl.Expr:
    """Return the cause of a difference, the most telling first.

    The same text under the same code can differ only because other documents came: a meeting that now has a second
    statement, money that turns out to be told before. That too is the source.
    """
    about_extraction = (pl.col("table") == "commitments") | (pl.col("column") == "n_commitments")
    new_codebook = before.codebook != now.codebook
    new_code = (before.extractor, before.code) != (now.extractor, now.code)
    same_input = pl.when(about_extraction).then("same_text").otherwise("same_capture")
    return (
        pl.when(pl.col("row_id") == EVERY_ROW)
        .then(pl.lit("schema"))
        .when(pl.col("corrected").is_not_null())
        .then(pl.lit("correction"))
        .when(pl.col("sample_replaced").fill_null(False))
        .then(pl.lit("sample_replaced"))
        .when(~same_input.fill_null(False))
        .then(pl.lit("source"))
        .when(about_extraction & pl.lit(new_codebook))
        .then(pl.lit("codebook"))
        .when(pl.lit(new_code))
        .then(pl.lit("extractor"))
        .otherwise(pl.lit("source"))
    )


def edits(previous: pl.DataFrame, present: pl.DataFrame) -> pl.DataFrame:
    """Say of each readout of either side whether text and capture stayed, and whether it replaces a sample."""
    columns = ["readout_id", "text_origin", *SAME]
    both = previous.select(columns).join(
        present.select(columns), on="readout_id", how="full", coalesce=True, suffix="_new"
    )
    gave_way = (pl.col("text_origin") == "summary") & (pl.col("text_origin_new").fill_null("official") == "official")
    return both.select(
        "readout_id",
        same_text=(pl.col("text_sha256") == pl.col("text_sha256_new")).fill_null(False),
        same_capture=(pl.col("capture_sha256") == pl.col("capture_sha256_new")).fill_null(False),
        sample_replaced=gave_way,
    )


def corrected(corrections: list[Correction], previous: Tables) -> pl.DataFrame:
    """Return the rows and columns that the corrections change; a row that leaves has no column.

    A withdrawn readout takes its commitments with it, and a withdrawn commitment is no longer counted in its readout.
    """
    withdrawn = [correction.row_id for correction in corrections if not correction.column]
    named = [(correction.row_id, correction.column or None) for correction in corrections]
    commitments = previous["commitments"].select("commitment_id", "readout_id")
    taken = commitments.filter(pl.col("readout_id").is_in(withdrawn))["commitment_id"]
    counted = commitments.filter(pl.col("commitment_id").is_in(withdrawn))["readout_id"]
    rows = [*named, *((row_id, None) for row_id in taken), *((row_id, "n_commitments") for row_id in counted)]
    schema = {"row_id": pl.String, "column": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row").unique(maintain_order=True).with_columns(corrected=True)
