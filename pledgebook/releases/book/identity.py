"""Identifiers of commitments: minted once, afterwards inherited, never used again once they have left."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import polars as pl

from pledgebook.releases.book.alignment import Row, align
from pledgebook.releases.book.head_words import head_word
from pledgebook.releases.frames import kept, parts_of

MINTED_FROM = ["readout_id", "sentence", "sentence_occurrence", "head", "head_occurrence"]
PLACE = ["readout_id", "char_start", "char_end"]
COMPARED = [*PLACE, "quote", "cue", "sentence", "sentence_start"]
GIVEN = {"position": pl.UInt32, "commitment_id": pl.String}


def identify(
    found: pl.DataFrame, published: pl.DataFrame, same_text: frozenset[str], retired: frozenset[str]
) -> pl.DataFrame:
    """Give every found commitment its identifier.

    `found` has the columns of the table that the stages hand over, and `sentence_start`; `published` are the
    commitments of the same readouts in the previous release; `same_text` names the readouts whose text is what it
    was; `retired` are identifiers that may not be given again. Returns `found` with `commitment_id` first.
    """
    used = {*retired, *published["commitment_id"]}
    parts = [pl.DataFrame(schema=GIVEN)]
    for places in parts_of(found):
        rows = found[places].select(COMPARED).with_row_index("position")
        before = kept(published, pl.col("readout_id").is_in(rows["readout_id"].implode()))
        given = given_identifiers(rows, before, same_text, used)
        parts.append(given.with_columns(position=places.gather(given["position"])))
    ids = pl.concat(parts).sort("position")
    return found.select(ids["commitment_id"], pl.all())


def given_identifiers(
    rows: pl.DataFrame, published: pl.DataFrame, same_text: frozenset[str], used: set[str]
) -> pl.DataFrame:
    """Return the identifier of each row of some readouts (position, commitment_id); those that are minted are `used` then."""
    unmoved = rows.filter(pl.col("readout_id").is_in(list(same_text))).join(
        published.select("commitment_id", *PLACE), on=PLACE
    )
    given = unmoved.select(list(GIVEN))
    rest = rows.join(given, on="position", how="anti")
    aligned = recognised(rest, published.join(given, on="commitment_id", how="anti"), same_text)
    rest = rest.join(aligned, on="position", how="anti")
    return pl.concat([given, aligned, minted(with_occurrences(rows, rest), used)])


def with_heads(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the head word of each row."""
    heads = [head_word(quote, cue) for quote, cue in rows.select("quote", "cue").iter_rows()]
    return rows.with_columns(pl.Series("head", heads, dtype=pl.String))


def recognised(found: pl.DataFrame, published: pl.DataFrame, same_text: frozenset[str]) -> pl.DataFrame:
    """Align, readout by readout, what is found anew to what has not been found where it was."""
    olds = by_readout(published.join(found, on="readout_id", how="semi"), "commitment_id")
    news = by_readout(found.join(published, on="readout_id", how="semi"), "position")
    pairs = [
        (positions[new], olds[readout][0][old])
        for readout, (positions, rows) in news.items()
        for new, old in align(olds[readout][1], rows, same_text=readout in same_text).items()
    ]
    return pl.DataFrame(pairs, schema=GIVEN, orient="row")


def by_readout(commitments: pl.DataFrame, name: str) -> dict[str, tuple[list[Any], list[Row]]]:
    """Return, for each readout, what its commitments are known by and what alignment compares of them."""
    columns = ["readout_id", name, "quote", "sentence", "head", "char_start", "char_end"]
    grouped: dict[str, tuple[list[Any], list[Row]]] = {}
    rows = with_heads(commitments).select(columns).sort("readout_id", "char_start")
    for readout, known_by, quote, sentence, head, start, end in rows.iter_rows():
        names, compared = grouped.setdefault(readout, ([], []))
        names.append(known_by)
        compared.append(Row(quote, sentence, head, start, end, len(compared)))
    return grouped


def with_occurrences(found: pl.DataFrame, rest: pl.DataFrame) -> pl.DataFrame:
    """Add to the rows that nothing recognises what their identifiers are minted from.

    The occurrences count in all rows of a readout: the second sentence that says the same, the second "provide" in it.
    """
    sentence = ["readout_id", "sentence"]
    counted = with_heads(found.join(rest, on="readout_id", how="semi").sort("readout_id", "char_start")).with_columns(
        sentence_occurrence=pl.col("sentence_start").rank("dense").over(sentence),
        head_occurrence=pl.col("head").cum_count().over([*sentence, "sentence_start", "head"]),
    )
    return counted.join(rest, on="position", how="semi", maintain_order="left")


def minted(rows: pl.DataFrame, used: set[str]) -> pl.DataFrame:
    """Mint an identifier for each row, passing over those that are used, to which it is added."""
    ids = []
    for origin in rows.select(MINTED_FROM).iter_rows():
        identifier = next(candidate for candidate in candidates(origin) if candidate not in used)
        used.add(identifier)
        ids.append(identifier)
    return rows.select("position", pl.Series("commitment_id", ids, pl.String))


def candidates(origin: tuple[object, ...]) -> Iterator[str]:
    """Yield identifiers for one origin without end: the plain one first, then salted ones.

    A hash of 80 bits in base 32: sixteen small letters and digits.
    """
    salt = 0
    while True:
        parts = [str(part) for part in [*origin, *([salt] if salt else [])]]
        digest = hashlib.sha256("\n".join(parts).encode()).digest()
        yield "c-" + base64.b32encode(digest[:10]).decode().lower()
        salt += 1
