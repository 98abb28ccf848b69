"""Draw random commitments for people to judge, and estimate from their judgements.

Strata are the document types, each parted at a confidence of 0.8: at most eight, because a list of measures, a joint
text and a short readout fail in different ways, and doubtful rows more often than sure ones. The issuer is no stratum:
nearly all rows have one issuer, and a row or two of another would tell nothing of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Any, NamedTuple

import polars as pl

SURE = 0.8
DRAWN = ["version", "commitment_id", "stratum", "stratum_size", "sample_size"]
SHOWN = ["date", "issuer", "title", "url", "before", "quote", "after", "sentence"]
LISTS = ["actors", "recipients", "targets"]
CODED = ["cue", *LISTS, "attribution", "strength", "novelty", "routine", "act", "topic", "amount", "due_text"]
ANSWERS = ["is_commitment", "quote_right", "codes_right"]
FORM = [*DRAWN, *SHOWN, *CODED, *ANSWERS, "wrong_columns", "note", "coder"]


def draw(version: str, commitments: pl.DataFrame, readouts: pl.DataFrame, n: int) -> pl.DataFrame:
    """Draw up to n commitments of a version: columns of `commitments`, stratum, stratum_size, sample_size, title, url, text.

    Within a stratum the order is that of the SHA-256 of "version:commitment_id", so that every machine draws the same rows
    and the larger of two draws of a stratum contains the smaller. They come sorted by statement, as they are best read.
    """
    frame = _frame(commitments, readouts, n)
    sizes = dict(frame.group_by("stratum").len().sort("stratum").iter_rows())
    counts = allocate(sizes, min(n, frame.height))
    drawn = [
        {"commitment_id": row, "stratum": stratum, "stratum_size": size, "sample_size": sum(counts.values())}
        for stratum, size in sizes.items()
        for row in _lots(version, frame.filter(stratum=stratum)["commitment_id"])[: counts[stratum]]
    ]
    schema = {"commitment_id": pl.String, "stratum": pl.Int64, "stratum_size": pl.Int64, "sample_size": pl.Int64}
    texts = readouts.select("readout_id", "title", "url", "text")
    rows = commitments.join(pl.DataFrame(drawn, schema), on="commitment_id").join(texts, on="readout_id")
    return rows.sort("date", "readout_id", "char_start")


def _frame(commitments: pl.DataFrame, readouts: pl.DataFrame, n: int) -> pl.DataFrame:
    """Every commitment that can be drawn with its stratum, a number: its name would tell the judge how sure the extractor was.

    Summaries in our words count only when there is nothing else; of a sample with fewer rows than strata, all rows are one stratum.
    """
    sides = readouts.select("readout_id", "document_type", "text_origin")
    rows = commitments.select("commitment_id", "readout_id", sure=pl.col("confidence") >= SURE).join(
        sides, on="readout_id"
    )
    official = rows.filter(text_origin="official")
    rows = official if official.height else rows
    strata = rows.select("document_type", "sure").unique().sort("document_type", "sure").with_row_index("stratum", 1)
    rows = rows.join(strata, on=["document_type", "sure"])
    return rows if n >= strata.height else rows.with_columns(stratum=pl.lit(1))


def allocate(sizes: Mapping[Any, int], n: int) -> dict[Any, int]:
    """Return how many rows of each stratum are drawn: one of each, the others in proportion to its further rows.

    Rounded by the largest remainder (Hamilton's method), ties to the first stratum. Needs strata <= n <= rows.
    """
    rest, others = n - len(sizes), max(1, sum(sizes.values()) - len(sizes))
    parts = {stratum: divmod(rest * (size - 1), others) for stratum, size in sizes.items()}
    left = rest - sum(whole for whole, _ in parts.values())
    favoured = sorted(parts, key=lambda stratum: -parts[stratum][1])[:left]
    return {stratum: 1 + whole + (stratum in favoured) for stratum, (whole, _) in parts.items()}


def _lots(version: str, ids: pl.Series) -> list[str]:
    """The identifiers in the order in which they are drawn."""
    return sorted(ids, key=lambda row: hashlib.sha256(f"{version}:{row}".encode()).digest())


class Share(NamedTuple):
    """A share of the commitments of a version with its 95 % interval, from 0 to 1."""

    right: float
    low: float
    high: float


def estimate(strata: Sequence[str], sizes: Mapping[str, int], right: Sequence[bool]) -> Share:
    """Return the stratified estimate of a share, and the Wilson interval on the effective number of rows.

    `strata` and `right` say for each judged row where it was drawn and whether it is right, `sizes` how many rows a stratum holds.
    A row weighs the size of its stratum by the rows judged of it (Cochran 1977, Sampling Techniques, chapter 5). The effective number of rows
    is the square of the sum of weights by the sum of their squares (Kish 1992, J. Official Statistics 8:183): unequal weights take rows off, and nothing
    is added for stratification or for a book read in full, so strata of one row and shares of 0 or 1 keep an honest width. The interval
    is Wilson's (1927, J. American Statistical Association 22:209), recommended on an effective number of rows by Franco, Little, Louis and Slud
    (2019, J. Survey Statistics and Methodology 7:334).
    """
    judged = Counter(strata)
    weights = [sizes[stratum] / judged[stratum] for stratum in strata]
    share = sum(weight for weight, yes in zip(weights, right, strict=True) if yes) / sum(weights)
    rows = sum(weights) ** 2 / sum(weight**2 for weight in weights)
    z = NormalDist().inv_cdf(0.975)
    middle = (share + z**2 / (2 * rows)) / (1 + z**2 / rows)
    half = z / (1 + z**2 / rows) * (share * (1 - share) / rows + (z / (2 * rows)) ** 2) ** 0.5
    return Share(share, max(0.0, middle - half), min(1.0, middle + half))
