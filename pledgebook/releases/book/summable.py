"""Which amounts may be added up without counting money twice, or money that nobody firmly promised.

An amount counts when all of this holds:
- the text is the publisher's own, not a bundled summary;
- its kind is known, and it is a total (not a sum per year, per month or for each of several);
- the issuer promises it, alone or jointly, and not on a condition;
- the words before it do not tell that others pay it (see `others_money`);
- it was not told before: no amount that counts, in another readout, names the same actors, currency and amount and
  either belongs to the same meeting, or has a recipient in common, or names no recipient on both sides and has the
  same topic.
Of amounts told twice the earliest counts, by date and then by identifier of readout and place in it.
A ceiling ("up to") and a lower bound ("at least") count as the figure that the text gives; see `amount_qualifier`.
"""

from __future__ import annotations

import polars as pl

from pledgebook.releases.book.others_money import paid_by_others
from pledgebook.releases.frames import beside

SAME_MONEY = ["currency", "amount", "actors_sorted"]
READ = [
    *["commitment_id", "readout_id", "date", "char_start", "actors", "recipients", "topic"],
    *["quote", "amount_text", "currency", "amount", "amount_kind", "amount_per", "attribution", "strength"],
]
ORDER = ["date", "readout_id", "char_start"]


def mark_summable(commitments: pl.DataFrame, readouts: pl.DataFrame) -> pl.DataFrame:
    """Return the commitments with `amount_summable` set; reads `meeting_id` and `text_origin` of the readouts."""
    told = countable(commitments, readouts)
    repeated = repetitions(told)
    counts = pl.col("commitment_id").is_in(list(set(told["commitment_id"]) - repeated))
    return beside(commitments, commitments.select(amount_summable=counts))


def countable(commitments: pl.DataFrame, readouts: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that meet every condition but the last, in the order of telling."""
    with_money = commitments.lazy().filter(pl.col("amount").is_not_null()).select(READ).collect()
    meant = with_money.join(readouts.select("readout_id", "meeting_id", "text_origin"), on="readout_id").filter(
        pl.col("text_origin") == "official",
        pl.col("amount_kind") != "unknown",
        pl.col("amount_per") == "total",
        pl.col("attribution").is_in(["own", "joint"]),
        pl.col("strength") != "conditional",
    )
    own = [not paid_by_others(quote, words) for quote, words in meant.select("quote", "amount_text").iter_rows()]
    meant = meant.filter(pl.Series(own, dtype=pl.Boolean))
    return meant.with_columns(actors_sorted=pl.col("actors").list.sort().list.join(" ")).sort(ORDER)


def repetitions(told: pl.DataFrame) -> set[str]:
    """Return the identifiers of the rows that tell money told before: of all that share money and a sign, the first readout tells it."""
    signed = told.with_columns(sign=signs()).explode("sign").drop_nulls("sign")
    first = pl.col("readout_id").first().over([*SAME_MONEY, "sign"])
    return set(signed.filter(pl.col("readout_id") != first)["commitment_id"])


def signs() -> pl.Expr:
    """Return what tells that two rows with the same money mean one promise: the meeting, each recipient, or with no recipient the topic."""
    nobody = pl.col("recipients").list.len() == 0
    topic = pl.when(nobody).then(pl.format("topic {}", "topic"))
    meeting = pl.format("meeting {}", "meeting_id")
    recipients = pl.col("recipients").list.eval(pl.format("recipient {}", pl.element()))
    return pl.concat_list(pl.concat_list(meeting, topic), recipients)
