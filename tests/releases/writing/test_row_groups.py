"""Tables larger than one group of rows, whose texts lie in several places."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from pledgebook.releases.book import texts as book_texts
from pledgebook.releases.book.texts import Texts, without_texts
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.writing import row_groups
from pledgebook.releases.writing.row_groups import with_texts_dealt


@pytest.fixture
def small_groups(monkeypatch):
    monkeypatch.setattr(row_groups, "ROWS_A_GROUP", 10)
    monkeypatch.setattr(book_texts, "TEXTS_AT_ONCE", 7)


@pytest.fixture
def book(document):
    """Thirty-five statements, each seventh without its text."""
    rows = [
        document(f"{number}", f"Norland will send {number} ships.", date=date(2021, 1, 1) + timedelta(number))
        for number in range(35)
    ]
    return pl.DataFrame([row | ({"text": None} if place % 7 == 0 else {}) for place, row in enumerate(rows)])


def test_every_text_comes_to_its_row_whatever_order_they_lie_in(small_groups, book, tmp_path):
    shuffled = book.sample(fraction=1, shuffle=True, seed=1)
    lying = Texts(shuffled.head(20).lazy(), shuffled.tail(20).lazy())
    with with_texts_dealt(without_texts(book.lazy()), lying, tmp_path) as groups:
        read = list(groups)
    assert [group.height for group in read] == [10, 10, 10, 5]
    assert pl.concat(read).equals(book)
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_lies_nowhere_stops_the_release(small_groups, book, tmp_path):
    lost = book["readout_id"][33]
    lying = Texts(book.filter(pl.col("readout_id") != lost).lazy())
    with (
        pytest.raises(ReleaseError, match=lost),
        with_texts_dealt(without_texts(book.lazy()), lying, tmp_path) as groups,
    ):
        list(groups)


def test_a_large_version_is_published_and_read_back(small_groups, publish, document, run):
    rows = [document(f"{number}", f"Norland will send {number} ships.") for number in range(35)]
    publish(run(*rows))
    told = dict(publish.table("readouts").select("readout_id", "text").iter_rows())
    assert told == {row["readout_id"]: row["text"] for row in rows}
