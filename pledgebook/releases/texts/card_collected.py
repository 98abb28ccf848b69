"""The section of the data card on selection: which publishers, types and years, and what the counts cannot tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import polars as pl

from pledgebook.releases.frames import Tables, is_demonstration
from pledgebook.releases.texts.card_text import Cell, named, passage, share, span, table
from schemas import codelists

ISSUERS_NAMED = 10
COUNTS = ["documents", "commitments"]


def collected(tables: Tables, official: Tables) -> str:
    """Return the section; `official` holds the readouts and commitments without the summaries, which never count in figures."""
    readouts = official["readouts"]
    if is_demonstration(tables):
        return passage("collected_demonstration", documents=tables["readouts"].height)
    dated = readouts.with_columns(year=pl.col("date").dt.year().cast(pl.String))
    names = [name.lower() for name in codelists.table("document_types")["name"]]
    days = {str(code): span(rows["date"]) for (code,), rows in readouts.group_by("publisher")}
    publishers = [
        [named("publishers", str(code)), *counts, days[str(code)]] for code, *counts in by_type(readouts, "publisher")
    ]
    return passage(
        "collected",
        asides="\n".join(f"- {line}" for line in asides(tables, official)),
        publishers=table(["publisher", *names, *COUNTS, "days"], publishers),
        years=table(["year", *names, *COUNTS], by_type(dated, "year")),
        types=table(["type", "documents", "with a commitment", "commitments", "per document"], types(readouts)),
        issuers=issuers(readouts),
    )


def by_type(readouts: pl.DataFrame, key: str) -> list[list[Cell]]:
    """Count the documents of each type for each value of a column, then all its documents and commitments."""
    numbers = Counter(readouts.select(key, "document_type").iter_rows())
    promised = dict(readouts.group_by(key).agg(pl.col("n_commitments").sum()).iter_rows())
    kinds = codelists.table("document_types")["code"]
    rows = {value: [numbers[value, kind] for kind in kinds] for value in sorted(promised)}
    return [[value, *row, sum(row), promised[value]] for value, row in rows.items()]


def types(readouts: pl.DataFrame) -> Iterator[list[Cell]]:
    """Tell of each document type how many commitments its documents hold: what a change of genre does to a count."""
    for kind in codelists.table("document_types")["code"]:
        found = readouts.filter(pl.col("document_type") == kind)["n_commitments"]
        if found.len():
            bearing, promised = int((found > 0).sum()), int(found.sum())
            rate = f"{promised / found.len():.1f}"
            yield [named("document_types", kind), found.len(), share(bearing, found.len()), promised, rate]


def issuers(readouts: pl.DataFrame) -> str:
    """Return the table of the issuers with most commitments; ties in the order of their codes."""
    counts = readouts.group_by("issuer").agg(pl.len().alias("documents"), pl.col("n_commitments").sum())
    ordered = counts.sort("n_commitments", "documents", "issuer", descending=[True, True, False])
    rows = [[named("actors", code), *counts] for code, *counts in ordered.head(ISSUERS_NAMED).iter_rows()]
    left = ordered.height - len(rows)
    more = f"\n\nIssuers that follow: {left:,}." if left else ""
    return table(["issuer", *COUNTS], rows) + more


def asides(tables: Tables, official: Tables) -> Iterator[str]:
    """Tell what the counts below leave out, or hold without saying so."""
    readouts, covered = official["readouts"], tables["coverage"]
    known, held, failed = (int(covered[column].sum()) for column in ("known", "captured", "failed"))
    yield f"Documents known: {known:,}; not retrieved: {known - held:,}; set aside: {failed:,} (see `quarantine`)."
    numbers = {
        "Summaries in our own words (`text_origin` = `summary`), which count in no figure below": (
            tables["readouts"].height - readouts.height
        ),
        "Not in English, so that nothing can be found in them": (
            readouts.filter(~pl.col("language").str.contains("^en(-|$)")).height
        ),
        "Without `text`, since no licence is known that allows to republish it": readouts["text"].null_count(),
        "Dated by publication or file name, since no day of a meeting is stated": (
            readouts.filter(pl.col("date_basis") != "meeting").height
        ),
    }
    yield from (f"{what}: {number:,}." for what, number in numbers.items() if number)
