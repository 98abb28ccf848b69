"""How sure the extractor is of a row: the share of rows of its kind that were right in the training documents.

The shares are data, `lexicon/confidence.csv`, fitted by `benchmarks/fit_confidence.py`: rows of one family and complement, smoothed
towards the share of all rows (m-estimate with m = 10; Cestnik 1990).
"""

from __future__ import annotations

from functools import cache

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.undertakings import Undertaking


def confidence_of(item: Undertaking, quote: str, sentence: str) -> float:
    """Between 0 and 1, two decimals: of the rows at 0.8, 80 % should be right."""
    shares = _shares()
    return shares.get(kind_of(item, quote), shares["all"])


def kind_of(item: Undertaking, quote: str) -> str:
    """The kind of an undertaking that the shares are kept by: its frame's family, how it was split, how long its quote is."""
    words = len(quote.split())
    length = "short" if words < 5 else "long" if words > 40 else "usual"
    split = "listed" if item.listed is not None else "whole"
    return f"{item.family} {split} {length}"


@cache
def _shares() -> dict[str, float]:
    return {row["kind"]: float(row["share"]) for row in read_rows("confidence", ("kind", "share", "rows"))}
