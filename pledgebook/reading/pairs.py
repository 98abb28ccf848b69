"""Who promises what to whom, counted by pair and year."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pledgebook.reading.books import opened
from pledgebook.reading.tables import codes_of, rows_of

_PAIR = ["actor", "partner", "role", "year"]
# The act of sanctions, tariffs, bans and export controls.
_SANCTION = "restrict"
_ROLES = {"recipient": "recipients", "target": "targets", "partner": "actors"}


def dyads(version: str = "latest", *, groups: bool = False, releases: str | Path | None = None) -> pl.DataFrame:
    """Commitments by pair, role and year of the statement: actor, partner, role, year, commitments, routine, sanctions.

    role: `recipient` (the partner gains), `target` (it is against the partner), `partner` (both are bound by it, and it stands once in each
    direction). commitments are those that are neither routine nor sanctions; sanctions have the act `restrict`, whatever else they are.
    A commitment with several actors or recipients counts once in each of its pairs, so that the column does not add up to the number of
    commitments. With `groups` an organisation is taken for the members that it had on the day of the statement; a member that is an
    organisation itself, as the EU in the G20, stays one. Samples are left out from version 1.0 on. Raises UnknownVersion, ReleaseError.
    """
    book = opened(version, releases)
    rows = rows_of(book, "commitments").select(
        "commitment_id", "date", "actors", "recipients", "targets", "routine", sanction=pl.col("act") == _SANCTION
    )
    commitments = rows.collect()
    pairs = pl.concat([_pairs(commitments, role, others) for role, others in _ROLES.items()])
    if groups:
        members = _members(codes_of(book, "actor_members"))
        pairs = _expanded(_expanded(pairs, members, "actor"), members, "partner")
    told = pairs.filter(pl.col("actor") != pl.col("partner")).unique(["commitment_id", *_PAIR[:3]])
    counted = told.group_by(*_PAIR[:3], pl.col("date").dt.year().alias("year")).agg(
        commitments=(~pl.col("routine") & ~pl.col("sanction")).sum(),
        routine=(pl.col("routine") & ~pl.col("sanction")).sum(),
        sanctions=pl.col("sanction").sum(),
    )
    return counted.sort(_PAIR)


def _pairs(commitments: pl.DataFrame, role: str, others: str) -> pl.DataFrame:
    """Each actor of a commitment with each of the others in one role; nobody with itself, and no group with itself for its members."""
    pairs = commitments.with_columns(partner=pl.col(others)).explode("actors").explode("partner")
    told = pairs.select("commitment_id", "date", "partner", "routine", "sanction", actor="actors", role=pl.lit(role))
    return told.filter(pl.col("actor") != pl.col("partner"))


def _members(listed: pl.DataFrame) -> pl.DataFrame:
    """Who belonged to which group in which years and days: group, member, since, until (the last day; null while it lasts)."""
    days = [pl.col(name).str.to_date(strict=False).alias(to) for name, to in (("from", "since"), ("to", "until"))]
    return listed.select("group", "member", *days)


def _expanded(pairs: pl.DataFrame, members: pl.DataFrame, side: str) -> pl.DataFrame:
    """The pairs with the members in the place of a group; a group without members on that day stays."""
    joined = pairs.join(members, left_on=side, right_on="group", how="left")
    belonged = (pl.col("since") <= pl.col("date")).fill_null(True) & (pl.col("until") >= pl.col("date")).fill_null(True)
    of_group = joined.filter(pl.col("member").is_not_null() & belonged)
    alone = pairs.join(
        of_group.select("commitment_id", side, "role").unique(), on=["commitment_id", side, "role"], how="anti"
    )
    return pl.concat([alone, of_group.with_columns(pl.col("member").alias(side)).select(pairs.columns)])
