"""Check what the earlier stages hand over: a bad row goes to quarantine, a broken column stops the run."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaError, SchemaErrors

from pledgebook.releases.book.texts import Texts
from pledgebook.releases.errors import BrokenColumn
from pledgebook.releases.frames import as_json, empty, parts_of
from schemas import TABLES
from schemas.columns import Table, failed_sentence

FAILURES = {"index": pl.UInt32, "check": pl.String, "column": pl.String, "value": pl.String, "reason": pl.String}
QUOTED = ["readout_id", "quote", "char_start", "char_end", "cue", "cue_start", "cue_end"]
FOUND_ID = pl.format("{}:{}-{}", "readout_id", "char_start", "char_end")


@dataclass(frozen=True)
class Checked:
    """What passed, and the quarantine rows of what did not."""

    readouts: pl.DataFrame
    found: pl.DataFrame
    quarantine: pl.DataFrame


def check_handed_over(readouts: pl.DataFrame, found: pl.DataFrame, texts: Texts) -> Checked:
    """Check the readouts and the commitments found in their texts.

    The same text read twice, from two files of one run, is one readout. A found row has no identifier yet: in
    quarantine it is named by its readout and the offsets of its quote. Raises BrokenColumn.
    """
    readouts, found = once(readouts, ["readout_id", "text_sha256"]), once(found, ["readout_id", "char_start", "quote"])
    good, bad_readouts = set_aside(readouts, "readouts", row_failures("readouts", readouts), pl.col("readout_id"))
    shape = TABLES["commitments"].handed_over().add_columns({"sentence_start": pa.Column(pl.Int32, nullable=True)})
    failures = row_failures("commitments", found, shape)
    failures = pl.concat([failures, without_readout(found, readouts, good), misplaced_words(found, readouts, texts)])
    good_found, bad_found = set_aside(found, "commitments", failures, FOUND_ID)
    return Checked(good, good_found, pl.concat([bad_readouts, bad_found]))


def once(rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    """Keep the first of several copies; a missing column is left for the checks to report."""
    if not set(keys) <= set(rows.columns):
        return rows
    first = [
        places.filter(rows.select(keys)[places].select(pl.struct(keys).is_first_distinct()).to_series())
        for places in parts_of(rows)
    ]
    stays = pl.concat(first)
    return rows if stays.len() == rows.height else rows[stays.sort()]


def row_failures(name: str, rows: pl.DataFrame, schema: pa.DataFrameSchema | None = None) -> pl.DataFrame:
    """Return the failures of the rows of a table: index, check, column, value and reason.

    Without a schema the rows are checked as the stages hand them over. Raises BrokenColumn.
    """
    of_keys = schema_of_keys(schema := schema or TABLES[name].handed_over())
    of_rows = copy(schema)
    of_rows.checks = [check for check in schema.checks if check not in of_keys.checks]
    parts = [pl.DataFrame(schema=FAILURES)]
    for places in parts_of(rows):
        some = failures(name, rows, rows[places], of_rows)
        parts += [part.with_columns(index=places.gather(part["index"])) for part in some]
    return pl.concat([*parts, *failures(name, rows, rows, of_keys)])


def schema_of_keys(schema: pa.DataFrameSchema) -> pa.DataFrameSchema:
    """Return a schema with nothing but the check of a schema that compares the keys of all rows."""
    return pa.DataFrameSchema(checks=[check for check in schema.checks if check.name == Table.key_unique.__name__])


def failures(name: str, rows: pl.DataFrame, some: pl.DataFrame, schema: pa.DataFrameSchema) -> list[pl.DataFrame]:
    """Return the failures of some of the rows of a table, in the order of the checks."""
    try:
        schema.validate(some, lazy=True)
    except SchemaErrors as errors:
        refuse_broken_columns(name, rows, errors.schema_errors)
        return [failed_rows(name, some, error) for error in errors.schema_errors]
    return []


def refuse_broken_columns(name: str, rows: pl.DataFrame, errors: list[SchemaError]) -> None:
    """Raise BrokenColumn when an error concerns a column and not some of its rows."""
    faults = [" ".join(str(error).split()) for error in errors if error.check_output is None]
    # One row with a gap is a bad row; only several without a single value speak of a broken column.
    faults += [
        f"column {error.schema.name!r} has no value in any of {rows.height} rows"
        for error in errors
        if error.check == "not_nullable" and rows.height > 1 and rows[error.schema.name].null_count() == rows.height
    ]
    if faults:
        raise BrokenColumn(
            f"The table {name} is broken and nothing was published: {'; '.join(faults)}. "
            "Mend the stage that makes the table, then run again."
        )


def failed_rows(name: str, rows: pl.DataFrame, error: SchemaError) -> pl.DataFrame:
    """Return one failure for each row that the error concerns."""
    check = error.check
    row_wide = not isinstance(check, str) and "columns" in check.statistics
    column = None if row_wide else error.schema.name
    read = (check.statistics["columns"] or TABLES[name].names("key")) if row_wide else [column]
    failing = rows.with_row_index().filter(~error.check_output.to_series().fill_null(True))
    values = [as_json(row if column is None else row[column]) for row in failing.select(read).iter_rows(named=True)]
    return failing.select(
        "index",
        check=pl.lit(check if isinstance(check, str) else check.name),
        column=pl.lit(column, dtype=pl.String),
        value=pl.Series(values, dtype=pl.String),
        reason=pl.lit(failed_sentence(TABLES[name], column, check)),
    )


def without_readout(found: pl.DataFrame, readouts: pl.DataFrame, good: pl.DataFrame) -> pl.DataFrame:
    """Fail the commitments whose readout was set aside or never handed over."""
    aside = pl.col("readout_id").is_in(readouts["readout_id"].implode())
    return (
        found.select("readout_id")
        .with_row_index()
        .filter(~pl.col("readout_id").is_in(good["readout_id"].implode()))
        .select(
            "index",
            check=pl.when(aside).then(pl.lit("readout_set_aside")).otherwise(pl.lit("readout_exists")),
            column=pl.lit("readout_id"),
            value=pl.format('"{}"', "readout_id"),
            reason=pl.when(aside)
            .then(pl.lit("its readout was set aside, and no commitment stands without its text"))
            .otherwise(pl.lit("no readout of this run has this identifier")),
        )
    )


def misplaced_words(found: pl.DataFrame, readouts: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Fail the quotes and cues that do not stand in the text at their offsets."""
    named = readouts.select("readout_id", "text").unique("readout_id", keep="first")
    indexed = found.select("readout_id").with_row_index()
    unread = indexed.join(named, on="readout_id", how="left", maintain_order="left").drop("readout_id")
    quoted, parts = found.select(QUOTED), []
    for some in texts.slices():
        theirs = unread.join(some, on="text", how="semi", maintain_order="left")
        parts.append(wrong_words(theirs, quoted, dict(some.iter_rows())))
        # What was held against its text needs no other.
        unread = unread.join(some, on="text", how="anti", maintain_order="left")
    return pl.concat([*parts, wrong_words(unread, quoted, {})])


def wrong_words(rows: pl.DataFrame, quoted: pl.DataFrame, texts: dict[str, str]) -> pl.DataFrame:
    """Fail the rows (index, text) whose quote or cue their text does not have in its place."""
    placed = rows.hstack(quoted[rows["index"]])
    return pl.concat(
        [
            misplaced(placed, texts, "quote", "char_start", "char_end"),
            misplaced(placed, texts, "cue", "cue_start", "cue_end"),
        ]
    )


def misplaced(placed: pl.DataFrame, texts: dict[str, str], words: str, start: str, end: str) -> pl.DataFrame:
    """Fail the rows whose words are not what the text holds between two columns of offsets (Unicode code points)."""
    # Offsets in the wrong order, which the row checks report, cannot be sliced.
    placed = placed.filter(pl.col(start) >= 0, pl.col(start) < pl.col(end))
    # Sliced in Python, where all rows of a readout share one text: Polars would walk through it anew for each row.
    inside = [
        text[first:last] if (text := texts.get(named)) is not None else None
        for named, first, last in placed.select("text", start, end).iter_rows()
    ]
    wrong = placed.filter(pl.Series(inside, dtype=pl.String).ne_missing(placed[words]))
    return wrong.select(
        "index",
        check=pl.lit(f"{words}_stands_in_text"),
        column=pl.lit(words),
        value=pl.Series([as_json(value) for value in wrong[words]], dtype=pl.String),
        reason=pl.format("the text does not say this between characters {} and {}", start, end),
    )


def set_aside(
    rows: pl.DataFrame, name: str, failures: pl.DataFrame, row_id: pl.Expr
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part the rows from those that failed; return both, the latter as quarantine rows."""
    if failures.is_empty():
        return rows, empty("quarantine")
    good = rows.with_row_index().join(failures, on="index", how="anti", maintain_order="left").drop("index")
    ids = rows.with_row_index().select("index", row_id=row_id.fill_null("unknown"))
    bad = failures.join(ids, on="index", maintain_order="left").with_columns(table=pl.lit(name))
    return good, bad.select(empty("quarantine").columns)
