"""Which rows are one statement: the same address, or the same text at two addresses."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl


def merge_readouts(readouts: pl.DataFrame, published_ids: Collection[str]) -> pl.DataFrame:
    """One row an address and one row a text, sorted by readout_id; the addresses of merged rows go to alternate_urls.

    A summary gives way to the official text of its address. Of two addresses with one text the row stays whose id was published
    before, then one with an address, then the earlier one, then the smaller readout_id.
    """
    ranked = readouts.select(
        *["readout_id", "text_sha256", "date", "published_at"],
        _row=pl.int_range(pl.len()),
        _summary=pl.col("text_origin") == "summary",
        _new=~pl.col("readout_id").is_in(pl.Series("published", published_ids, pl.String).implode()),
        _unaddressed=pl.col("url").is_null(),
    ).sort("_summary", "_new", "_unaddressed", "date", "published_at", "readout_id", nulls_last=True)
    by_address = ranked.unique("readout_id", keep="first", maintain_order=True)
    stays = by_address.unique("text_sha256", keep="first", maintain_order=True).sort("readout_id")
    merged = readouts[stays["_row"]]
    known = merged.select("text_sha256").join(_addresses(readouts), on="text_sha256", how="left", maintain_order="left")
    own = pl.concat_list(pl.col("url").fill_null(""))
    return merged.with_columns(alternate_urls=known["_urls"]).with_columns(
        pl.col("alternate_urls").list.set_difference(own).list.sort()
    )


def _addresses(readouts: pl.DataFrame) -> pl.DataFrame:
    """All addresses at which each text stood: text_sha256, _urls."""
    captured = readouts.select("text_sha256", _urls="url")
    alternate = readouts.select("text_sha256", _urls="alternate_urls").filter(pl.col("_urls").list.len() > 0)
    together = pl.concat([captured, alternate.explode("_urls")])
    return together.group_by("text_sha256").agg(pl.col("_urls").drop_nulls().unique())
