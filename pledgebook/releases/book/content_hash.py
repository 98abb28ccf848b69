"""A hash of what a table says, whatever file it stands in and whoever wrote that.

It is the SHA-256 of the rows in their order, each a JSON array on a line of its own (UTF-8, no white space between its
parts). Text and codes are strings, with the short escapes of JSON for the quotation mark, the backslash and \\b \\f \\n \\r \\t,
\\u00XX for other control characters, and every other letter as it is; lists are arrays; whole numbers and truth values are
as JSON has them; floating-point numbers have the fewest digits that give them back, and at least one decimal; dates are
"2026-11-23", times in UTC "2026-11-23T10:00:00Z" (with six decimals of a second where there is a fraction), money is a
string with two decimals, and null no value. The columns are those of the table in their order; their names come first, as
a line of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import polars as pl


def content_hash(groups: Iterable[pl.DataFrame]) -> str:
    """Return the SHA-256 of a table's content, in hexadecimal digits; the table comes in groups of rows, at least one."""
    total = hashlib.sha256()
    for number, group in enumerate(groups):
        if number == 0:
            total.update(line(group.columns))
        for row in group.iter_rows():
            total.update(line(row))
    return total.hexdigest()


def told(value: Any) -> str:
    """Return a date, a time or a sum of money as text."""
    if isinstance(value, datetime):
        # A fraction of a second would be lost in a shorter form, and none is written where there is none.
        return value.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"
    return str(value)


# One encoder for all rows: to make one takes longer than to write a row.
encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=told)


def line(values: Any) -> bytes:
    """Return one row as a line."""
    return encoder.encode(values).encode() + b"\n"
