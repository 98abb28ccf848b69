"""Verification names the file in which something is wrong."""

from __future__ import annotations

import polars as pl
import pyarrow.parquet as pq
import pytest

from pledgebook.releases.verification import verify_release
from schemas import arrow_schema


@pytest.fixture
def place(publish, document, run):
    publish(run(document("a", "The United States will provide $5 million to Ukraine."), document("b", "It will go.")))
    return publish.place


def problem(place, text):
    return [said for said in verify_release(place) if text in said]


def rewrite(place, name, **columns):
    path = place / "v1.0.0" / f"{name}.parquet"
    rows = pl.read_parquet(path).with_columns(**columns).to_arrow(compat_level=pl.CompatLevel.oldest())
    pq.write_table(rows.cast(arrow_schema(name)), path)


def test_a_sound_version_has_no_problems(place):
    assert verify_release(place) == verify_release(place, "1.0.0") == []


def test_a_file_that_changed_went_or_came_is_named(place):
    folder = place / "v1.0.0"
    (folder / "README.md").write_text("mended")
    (folder / "sample.csv").unlink()
    (folder / "notes.txt").write_text("mine")
    assert problem(place, "README.md is not the file that was published")
    assert problem(place, "sample.csv is missing")
    assert problem(place, "notes.txt is not listed in SHA256SUMS")


def test_sums_that_were_made_to_fit_are_noticed(place):
    sums = place / "v1.0.0" / "SHA256SUMS"
    sums.write_text("\n".join(reversed(sums.read_text().splitlines())) + "\n")
    assert problem(place, "SHA256SUMS is not as it was published: it is not the one that the index names")


def test_a_quote_that_its_text_does_not_hold_is_named(place):
    rewrite(place, "commitments", char_start=pl.col("char_start") + 1, char_end=pl.col("char_end") + 1)
    assert problem(place, "commitments.parquet: c-")
    assert problem(place, "the text does not say this between characters")


def test_a_commitment_without_its_readout_is_named(place):
    rewrite(place, "commitments", readout_id=pl.lit("r-0000000000000000"))
    assert problem(place, "commitments.parquet: c-") and problem(place, "readout_id is not in readouts")


def test_a_key_that_occurs_twice_is_named(place):
    rewrite(place, "readouts", readout_id=pl.lit("r-0000000000000000"))
    assert problem(place, "readouts.parquet: r-0000000000000000: an earlier row of the table has the same key")


def test_a_column_of_another_type_is_named(place):
    path = place / "v1.0.0" / "commitments.parquet"
    pl.read_parquet(path).with_columns(pl.col("topic").cast(pl.Int64)).write_parquet(path)
    assert problem(place, "commitments.parquet has not the columns and types of schema 1.0")


def test_a_table_that_cannot_be_read_is_named(place):
    (place / "v1.0.0" / "readouts.parquet").write_bytes(b"torn")
    assert problem(place, "readouts.parquet cannot be read")


def test_a_stale_summary_is_named(place):
    (place / "latest.json").write_text('{"version": "0.9.0"}')
    assert problem(place, "latest.json does not name 1.0.0")
