"""How sure the extractor is of a row: the share of rows of its kind that were right in the training documents.

The shares are data, `lexicon/confidence.csv`, fitted by `benchmarks/fit_confidence.py`: rows of one kind, smoothed
towards the share of all rows (m-estimate with m = 10; Cestnik 1990).
"""

from __future__ import annotations

from functools import cache

from pledgebook.extraction.lexicon_files import read_rows

SHORT, LONG = 6, 35


def confidence_of(cue: str, quote: str, listed: bool) -> float:
    """Between 0 and 1, two decimals: of the rows at 0.8, 80 % should be right."""
    shares = _shares()
    return shares.get(kind_of_row(cue, quote, listed), shares["all"])


def kind_of_row(cue: str, quote: str, listed: bool) -> str:
    """The kind of row that the shares are kept by: its committing word, whether it is one of a list, how long its quote is."""
    words = len(quote.split())
    length = "short" if words < SHORT else "long" if words > LONG else "usual"
    stem = cue.lower().split()[-1].removesuffix("ed").removesuffix("s").removesuffix("e")[:8]
    return f"{stem} {'listed' if listed else 'whole'} {length}"


@cache
def _shares() -> dict[str, float]:
    return {row["kind"]: float(row["share"]) for row in read_rows("confidence", ("kind", "share", "rows"))}
