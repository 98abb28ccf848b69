"""The number of a version follows from what differs."""

from __future__ import annotations

import polars as pl
import pytest

from pledgebook.releases.book.difference import DIFFERENCE
from pledgebook.releases.book.versions import next_version, numbers

CORRECTED = ("c-1", "changed")
CAME = ("c-1", "added")
WENT = ("c-1", "removed")
COLUMN_CAME = ("*", "added")
COLUMN_WENT = ("*", "removed")
COLUMN_RETYPED = ("*", "changed")


def differences(*rows):
    frame = pl.DataFrame(list(rows), schema={"row_id": pl.String, "change": pl.String}, orient="row")
    others = {name: pl.lit(None, kind) for name, kind in DIFFERENCE.items() if name not in frame.columns}
    return frame.with_columns(**others)


@pytest.mark.parametrize(
    ("previous", "rows", "official", "meaning_changed", "expected"),
    [
        (None, [CAME], False, False, "0.1.0"),
        (None, [CAME], True, False, "1.0.0"),
        ("0.1.0", [], False, False, None),
        ("0.1.0", [CORRECTED], False, False, "0.1.1"),
        ("0.1.1", [CAME, CORRECTED], False, False, "0.2.0"),
        ("0.2.0", [COLUMN_WENT], False, False, "0.3.0"),
        ("0.3.0", [CORRECTED], True, False, "1.0.0"),
        ("1.9.9", [CORRECTED], True, False, "1.9.10"),
        ("1.9.9", [CAME], True, False, "1.10.0"),
        ("1.9.9", [WENT, CORRECTED], True, False, "1.10.0"),
        ("1.9.9", [COLUMN_CAME], True, False, "1.10.0"),
        ("1.9.9", [COLUMN_WENT, CAME], True, False, "2.0.0"),
        ("1.9.9", [COLUMN_RETYPED], True, False, "2.0.0"),
        ("1.9.9", [CORRECTED], True, True, "2.0.0"),
        ("1.9.9", [], True, False, None),
    ],
)
def test_next_version(previous, rows, official, meaning_changed, expected):
    found = next_version(previous, differences(*rows), official=official, meaning_changed=meaning_changed)
    assert found == expected


def test_versions_are_ordered_by_their_numbers():
    assert max(["1.9.9", "1.10.0"], key=numbers) == "1.10.0"
