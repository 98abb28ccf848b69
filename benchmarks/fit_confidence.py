"""Fit the shares of right rows that `lexicon/confidence.csv` holds.

    python benchmarks/fit_confidence.py GOLD.jsonl RELEASE_DIR [--write]

GOLD.jsonl holds coded documents (url, items with quote); RELEASE_DIR a release made from the same documents. A row is
right when its quote shares at least half of the union of both with a coded quote. The shares are smoothed towards the
share of all rows (m-estimate with m = 10; Cestnik 1990). Prints the table; with `--write` puts it into the lexicon.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

import polars as pl

from pledgebook.extraction.confidence import kind_of_row

LEXICON = Path(__file__).parents[1] / "pledgebook" / "extraction" / "lexicon" / "confidence.csv"
M = 10


def right(quote: str, coded: list[str]) -> bool:
    """Whether a quote overlaps a coded one by half, counted in words."""
    words = set(quote.lower().split())
    return any(
        2 * len(words & set(other.lower().split())) >= len(words | set(other.lower().split())) for other in coded
    )


def outcomes(gold: Path, release: Path) -> dict[str, list[bool]]:
    """Whether each row of the coded documents is right, by its kind."""
    coded = {
        row["url"]: [item["quote"] for item in row["items"]] for row in map(json.loads, gold.open(encoding="utf-8"))
    }
    readouts = pl.read_parquet(release / "readouts.parquet", columns=["readout_id", "url"])
    rows = pl.read_parquet(release / "commitments.parquet").join(readouts, on="readout_id")
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows.filter(pl.col("url").is_in(list(coded))).iter_rows(named=True):
        found[kind_of_row(row["cue"], row["quote"], row["list_id"] is not None)].append(
            right(row["quote"], coded[row["url"]])
        )
    return found


def shares(found: dict[str, list[bool]]) -> list[tuple[str, float, int]]:
    """Kind, smoothed share and number of rows, the share of all rows first."""
    everything = [value for values in found.values() for value in values]
    whole = sum(everything) / len(everything)
    smoothed = [
        (kind, (sum(values) + M * whole) / (len(values) + M), len(values)) for kind, values in sorted(found.items())
    ]
    return [("all", whole, len(everything)), *smoothed]


def main() -> None:
    """Print the table, and write it when asked."""
    table = shares(outcomes(Path(sys.argv[1]), Path(sys.argv[2])))
    for kind, share, rows in table:
        print(f"{kind:40} {share:.2f} {rows}")
    if "--write" in sys.argv:
        with LEXICON.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows(
                [("kind", "share", "rows"), *((kind, f"{share:.2f}", rows) for kind, share, rows in table)]
            )


if __name__ == "__main__":
    main()
