"""Which amounts may be added up without counting money twice, or money that nobody firmly promised.

An amount counts when all of this holds:
- the text is the publisher's own, not a bundled summary;
- its kind is known, and it is a total (not a sum per year, per month or for each of several);
- the issuer promises it, alone or jointly, and not on a condition;
- it was not told before: no amount that counts, in another readout, names the same actors, currency and amount and
  either belongs to the same meeting, or has a recipient in common, or names no recipient on both sides and has the
  same topic.
Of amounts told twice the earliest counts, by date and then by identifier of readout and place in it.
A ceiling ("up to") and a lower bound ("at least") count as the figure that the text gives; see `amount_qualifier`.
"""

from __future__ import annotations

import polars as pl

SAME_MONEY = ["currency", "amount", "actors_sorted"]
ORDER = ["date", "readout_id", "char_start"]


def mark_summable(commitments: pl.DataFrame, readouts: pl.DataFrame) -> pl.DataFrame:
    """Return the commitments with `amount_summable` set; reads `meeting_id` and `text_origin` of the readouts."""
    told = countable(commitments, readouts)
    repeated = repetitions(told)
    counts = pl.col("commitment_id").is_in(list(set(told["commitment_id"]) - repeated))
    return commitments.with_columns(amount_summable=counts)


def countable(commitments: pl.DataFrame, readouts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that meet every condition but the last, in the order of telling."""
    meant = commitments.join(readouts.select("readout_id", "meeting_id", "text_origin"), on="readout_id").filter(
        pl.col("amount").is_not_null(),
        pl.col("text_origin") == "official",
        pl.col("amount_kind") != "unknown",
        pl.col("amount_per") == "total",
        pl.col("attribution").is_in(["own", "joint"]),
        pl.col("strength") != "conditional",
    )
    return meant.with_columns(actors_sorted=pl.col("actors").list.sort().list.join(" ")).sort(ORDER)


def repetitions(told: pl.DataFrame) -> set[str]:
    """Return the identifiers of the rows that tell money told before."""
    told = told.with_row_index("rank")
    pairs = told.join(told, on=SAME_MONEY, suffix="_later").filter(
        pl.col("rank") < pl.col("rank_later"), pl.col("readout_id") != pl.col("readout_id_later")
    )
    nobody = (pl.col("recipients").list.len() == 0) & (pl.col("recipients_later").list.len() == 0)
    same = (
        (pl.col("meeting_id") == pl.col("meeting_id_later")).fill_null(False)
        | (pl.col("recipients").list.set_intersection("recipients_later").list.len() > 0)
        | (nobody & (pl.col("topic") == pl.col("topic_later")))
    )
    return set(pairs.filter(same)["commitment_id_later"])
