"""The words of the changelog."""

from __future__ import annotations

import polars as pl

NOUNS = {"readouts": "document", "commitments": "commitment"}
CAUSES = {
    "source": "changed because documents were published or edited at their source",
    "extractor": "changed because the extractor reads the same text differently",
    "codebook": "changed because the codebook did",
    "sample_replaced": "changed because samples gave way to the real documents",
}
LEFT = {
    "sample_replaced": "part of samples that gave way to the real documents",
    "not_found_again": "not found again",
    "taken_out": "taken out at the source",
    "correction": "withdrawn by hand",
    "merged": "merged into others",
    "version_withdrawn": "in a withdrawn version only",
}
UNFOUND = {
    "source": ", because documents were edited at their source",
    "extractor": ", because the extractor reads the same text differently",
    "codebook": ", because the codebook changed",
}
# Where a commitment stands says nothing of what it is.
PLACES = {"char_start", "char_end", "cue_start", "cue_end", "list_id"}
NAMED = 5


def counted(table: str, number: int) -> str:
    """Return a number with its noun."""
    return f"{number:,} {NOUNS[table]}{'' if number == 1 else 's'}"


def most_frequent(values: pl.Series) -> str:
    """Name the most frequent values, with their numbers when there are several."""
    counts = frequencies(values)
    if counts.height == 1:
        return str(counts["value"][0])
    named = [f"{value} ({number:,})" for value, number in counts.head(NAMED).iter_rows()]
    return joined(named, more=counts.height > NAMED)


def named_columns(values: pl.Series) -> str:
    """Name the columns that changed, with the numbers of their values; places in the text only when nothing else did."""
    named = [f"`{value}` in {number:,}" for value, number in frequencies(values).iter_rows() if value not in PLACES]
    return joined(named) if named else "only where they stand in the text"


def frequencies(values: pl.Series) -> pl.DataFrame:
    """Return each value with its number, the most frequent first."""
    counts = values.cast(pl.String).rename("value").value_counts(name="number")
    return counts.sort("number", "value", descending=[True, False])


def joined(parts: list[str], *, more: bool = False) -> str:
    """Return the parts of an enumeration as one reads it."""
    if more:
        return f"{', '.join(parts)} and others"
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def shape_line(table: str, column: str, change: str, old: str | None, new: str | None) -> str:
    """Tell that a column came, went or changed its type; `old` and `new` are names of types."""
    said = {"added": f"came ({new})", "removed": "went", "changed": f"changed its type from {old} to {new}"}
    return f"- `{table}.{column}` {said[change]}."
