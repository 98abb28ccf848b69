"""The whole book: the previous release, with the readouts read in this run taking the place of theirs."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pledgebook.readouts import assign_meetings, merge_readouts
from pledgebook.releases.book.corrections import Correction, apply_corrections, withdraw, withdrawals
from pledgebook.releases.book.identity import identify
from pledgebook.releases.book.summable import mark_summable
from pledgebook.releases.book.validation import Checked
from pledgebook.releases.frames import Tables, handed_over_columns, kept, looked_up
from pledgebook.releases.mapped import mapped
from schemas import codelists


def give_way(checked: Checked, previous: Tables) -> Checked:
    """Leave out the samples whose real document the book already holds, under this or another of its addresses."""
    official = previous["readouts"].filter(pl.col("text_origin") == "official")
    addresses = official.select(pl.concat_list(pl.concat_list("url"), "alternate_urls").explode()).to_series()
    known = pl.col("readout_id").is_in(official["readout_id"].implode())
    addressed = pl.col("url").is_in(addresses.drop_nulls().implode())
    readouts = kept(checked.readouts, (pl.col("text_origin") == "official") | ~(known | addressed.fill_null(False)))
    return Checked(readouts, kept(checked.found, is_of(readouts)), checked.quarantine)


def is_of(readouts: pl.DataFrame) -> pl.Expr:
    """Tell whether a row is of one of these readouts."""
    return pl.col("readout_id").is_in(readouts["readout_id"].implode())


def whole_readouts(previous: Tables, read: pl.DataFrame) -> pl.DataFrame:
    """Return the readouts of the book: those just read, those of the previous release, merged, with their meetings."""
    columns = handed_over_columns("readouts")
    unread = kept(previous["readouts"], ~is_of(read))
    addressed = with_known_addresses(read.select(columns), previous["readouts"])
    together = pl.concat([unread.select(columns), without_forbidden_texts(addressed)])
    merged = assign_meetings(merge_readouts(together, previous["readouts"]["readout_id"]))
    return with_first_sight(merged.select(columns), previous["readouts"])


def with_known_addresses(read: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """Keep, for a text that the previous release had, its other addresses that this run did not read.

    A partial run meets one of two pages with the same text and must not forget the other; a page that was read speaks
    for itself when the readouts are merged.
    """
    text = ["readout_id", "text_sha256"]
    known = previous.select(*text, url="alternate_urls").explode("url").join(read, on="url", how="anti")
    unread = known.group_by(text).agg(unread="url")
    together = pl.col("alternate_urls").list.set_union(pl.col("unread").fill_null([]))
    return looked_up(read, text, unread).with_columns(alternate_urls=together).drop("unread")


def without_forbidden_texts(readouts: pl.DataFrame) -> pl.DataFrame:
    """Empty the texts whose licence forbids republishing; quotes, offsets and hash stay."""
    licences = codelists.table("licences")
    free = licences.filter(pl.col("may_republish") == "true")["code"]
    return readouts.with_columns(text=pl.when(pl.col("licence").is_in(free.to_list())).then("text"))


def with_first_sight(readouts: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """Keep, for a text that the previous release had, the time at which it was first seen."""
    seen = previous.select("readout_id", "text_sha256", first_sight="retrieved_at")
    joined = looked_up(readouts, ["readout_id", "text_sha256"], seen)
    return joined.with_columns(retrieved_at=pl.coalesce("first_sight", "retrieved_at")).drop("first_sight")


def whole_commitments(
    previous: Tables, checked: Checked, readouts: pl.DataFrame, retired: frozenset[str]
) -> pl.DataFrame:
    """Return the commitments of the book, each with its identifier.

    All commitments of a readout that was read again are replaced; `retired` identifiers are never given again.
    """
    before, was_read = previous["commitments"].lazy().filter(is_of(readouts)), is_of(checked.readouts)
    found, replaced = kept(checked.found, is_of(readouts)), before.filter(was_read).collect(engine="streaming")
    identified = identify(found, replaced, same_texts(previous["readouts"], readouts), retired)
    columns = ["commitment_id", *handed_over_columns("commitments")]
    return mapped(pl.concat([before.filter(~was_read).select(columns), identified.lazy().select(columns)]))


def same_texts(previous: pl.DataFrame, readouts: pl.DataFrame) -> frozenset[str]:
    """Return the identifiers of the readouts whose text is that of the previous release."""
    return frozenset(readouts.join(previous, on=["readout_id", "text_sha256"], how="semi")["readout_id"])


def with_derived_columns(book: Tables) -> Tables:
    """Fill the columns that follow from others: what is repeated from the readout, what may be added up, the counts."""
    repeated = book["readouts"].select("readout_id", "date", "issuer")
    commitments = looked_up(book["commitments"], "readout_id", repeated)
    counts = commitments.group_by("readout_id").len("n_commitments")
    readouts = looked_up(book["readouts"], "readout_id", counts)
    return {
        "readouts": readouts.with_columns(pl.col("n_commitments").fill_null(0).cast(pl.Int32)),
        "commitments": mark_summable(commitments, readouts),
    }


def corrected_book(previous: Tables, checked: Checked, corrections: Sequence[Correction]) -> Tables:
    """Return readouts and commitments of the book, corrections applied. Raises StaleCorrection.

    A row that a correction withdraws is found anew in every run: it keeps its identifier, so that the correction
    finds it, while every other identifier that has left is retired.
    """
    gone = withdrawals(corrections)
    left = previous["withdrawn_rows"]["row_id"]
    readouts = whole_readouts(previous, checked.readouts)
    commitments = whole_commitments(previous, checked, readouts, frozenset(left) - gone)
    book = withdraw({"readouts": readouts, "commitments": commitments}, gone)
    ever = pl.concat([left, previous["readouts"]["readout_id"], previous["commitments"]["commitment_id"]])
    values = [correction for correction in corrections if correction.column]
    for assigned in (False, True):
        book = with_derived_columns(book) if assigned else book
        lines = [correction for correction in values if correction.assigned is assigned]
        book = apply_corrections(book, lines, checked.readouts["readout_id"], ever)
    return book
