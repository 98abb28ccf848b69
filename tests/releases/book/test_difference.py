"""The comparison of two versions of the book."""

from __future__ import annotations

import hashlib

import polars as pl
import pytest

from pledgebook.releases.book.difference import difference
from pledgebook.releases.book.texts import without_texts

TEXT = "The United States will provide $5 million to Ukraine. It will meet Mexico."


@pytest.fixture
def book(publish, document, run):
    publish(run(document("a", TEXT)))
    return {"readouts": without_texts(publish.table("readouts").lazy()), "commitments": publish.table("commitments")}


def told(old, new):
    return difference(old, new).select("table", "change", "column", "old", "new").rows()


def test_a_book_equals_itself_and_volatile_columns_do_not_count(book):
    later = book["commitments"].with_columns(confidence=pl.lit(0.1), changed_version=pl.lit("9.0.0"))
    assert told(book, book) == told(book, book | {"commitments": later}) == []


def test_every_kind_of_value_is_compared(book):
    rows = book["commitments"].with_columns(
        actors=pl.lit(["USA", "MEX"]), routine=pl.lit(True), due_end=pl.date(2022, 1, 1), topic=pl.lit(3).cast(pl.Int16)
    )
    first = told(book, book | {"commitments": rows.head(1)})
    assert ("commitments", "changed", "actors", '["USA"]', '["USA", "MEX"]') in first
    assert ("commitments", "changed", "routine", "false", "true") in first
    assert ("commitments", "changed", "due_end", None, '"2022-01-01"') in first
    assert ("commitments", "changed", "topic", "19", "3") in first
    assert ("commitments", "removed", None, None, None) in first


def test_of_a_text_only_the_hash_is_told(publish, document, run):
    edited = f"{TEXT} It will meet Norway."
    for text in (TEXT, edited):
        publish(run(document("a", text)))
    ((old, new),) = publish.table("changes").filter(column="text").select("old", "new").rows()
    assert (old, new) == tuple(f'"{hashlib.sha256(text.encode()).hexdigest()}"' for text in (TEXT, edited))


def test_columns_that_come_go_or_change_their_type_make_one_row_each(book):
    shape = book["commitments"].drop("cue").with_columns(pl.col("topic").cast(pl.Int32), weight=pl.lit(1))
    assert sorted(told(book, book | {"commitments": shape}), key=str) == [
        ("commitments", "added", "weight", None, "Int32"),
        ("commitments", "changed", "topic", "Int16", "Int32"),
        ("commitments", "removed", "cue", "String", None),
    ]
