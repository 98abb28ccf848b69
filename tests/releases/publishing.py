"""Invented documents, a small finder of promises, and a place to publish to."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from pledgebook.releases.outcome import Outcome
from pledgebook.releases.places.published import read_table
from pledgebook.releases.release import KNOWN, make_release
from schemas import TABLES, polars_schema

# In a book of three rows every row that leaves is more than a tenth of it; tests/releases/test_gates.py does not accept that.
SMALL = "a book for tests is small"
PROMISE = re.compile(r"\b(will|plans to) [^.]+")
SENTENCE = re.compile(r"[^.\n]+\.")


def identifier(prefix: str, name: str) -> str:
    return f"{prefix}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def handed_over_schema(name: str) -> dict[str, Any]:
    assigned = TABLES[name].names("assigned")
    return {column: kind for column, kind in polars_schema(name).items() if column not in assigned}


def readout(name: str, text: str, **columns: Any) -> dict[str, Any]:
    """One readout; whatever is not given has a plain value."""
    row = {
        "readout_id": identifier("r", name),
        "source": "archive",
        "publisher": "white-house",
        "issuer": "USA",
        "issuer_level": "head_of_state",
        "document_type": "readout",
        "text_origin": "official",
        "title": f"Meeting {name}",
        "title_basis": "stated",
        "url": f"https://example.org/{name}",
        "alternate_urls": [],
        "language": "en",
        "licence": "US-GOV-WORK",
        "date": date(2021, 6, 8),
        "date_basis": "publication",
        "published_at": None,
        "retrieved_at": datetime(2026, 11, 1, tzinfo=UTC),
        "participants": ["USA"],
        "meeting_mode": "in_person",
        "meeting_id": None,
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "capture_sha256": hashlib.sha256(f"bytes of {text}".encode()).hexdigest(),
        "availability": "live",
    }
    return row | columns


def promises(row: dict[str, Any], pattern: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    """Every "will ..." of the text; other patterns quote the same promises with other boundaries."""
    for sentence in SENTENCE.finditer(row["text"] or ""):
        for found in pattern.finditer(sentence.group()):
            start = sentence.start() + found.start()
            cue = found.group().split()[0]
            yield {
                "readout_id": row["readout_id"],
                "date": row["date"],
                "issuer": row["issuer"],
                "quote": found.group(),
                "char_start": start,
                "char_end": start + len(found.group()),
                "cue": cue,
                "cue_start": start,
                "cue_end": start + len(cue),
                "sentence": sentence.group().strip(),
                "sentence_start": sentence.start() + len(sentence.group()) - len(sentence.group().lstrip()),
                "actors": ["USA"],
                "recipients": ["UKR"] if "Ukraine" in found.group() else [],
                "targets": [],
                "attribution": "own",
                "strength": "firm",
                "novelty": "new",
                "act": "provide",
                "routine": False,
                "topic": 19,
                "confidence": 0.8,
                "extractor": "finder 1",
                "codebook": "1.2",
                **money(found.group()),
            }


def money(quote: str) -> dict[str, Any]:
    """The amount of "$5 million", if the quote has one."""
    found = re.search(r"\$(\d+) million", quote)
    if not found:
        return {}
    kinds = {"currency": "USD", "amount_qualifier": "exact", "amount_kind": "grant_or_aid", "amount_per": "total"}
    return {"amount": f"{found.group(1)}000000", "amount_text": found.group(), **kinds}


class Run:
    """What a run hands over: readouts, found commitments, quarantine, captures, and what happened at the sources.

    happened: (name of a document, event, captured_at) beside that each official document was first seen when it was retrieved.
    """

    def __init__(
        self,
        *documents: dict[str, Any],
        pattern: re.Pattern[str] = PROMISE,
        happened: Sequence[tuple[str, str, datetime]] = (),
        **found: Any,
    ) -> None:
        rows = [row | found for document in documents for row in promises(document, pattern)]
        schema = handed_over_schema("commitments") | {"sentence_start": pl.Int32}
        texts = schema | {"amount": pl.String}
        self.readouts = pl.DataFrame(list(documents), schema=handed_over_schema("readouts"), orient="row")
        self.found = pl.DataFrame(rows, schema=texts, orient="row").cast(schema)
        self.quarantine = pl.DataFrame(schema=polars_schema("quarantine"))
        self.captures = self.readouts.select(
            "source", "url", name="title", captured_at="retrieved_at", sha256="capture_sha256"
        )
        first = self.readouts.filter(pl.col("retrieved_at").is_not_null(), pl.col("text_origin") == "official").select(
            "readout_id", "url", captured_at="retrieved_at", sha256="capture_sha256", event=pl.lit("first_seen")
        )
        others = [
            (identifier("r", name), f"https://example.org/{name}", moment, None if event == "gone" else "0" * 64, event)
            for name, event, moment in happened
        ]
        self.events = pl.concat([first, pl.DataFrame(others, schema=polars_schema("captures"), orient="row")])
        self.known = pl.DataFrame(schema=KNOWN)


class Publisher:
    """A place with its corrections, and the tables that it publishes."""

    def __init__(self, folder: Path, address: str | None = None) -> None:
        self.place = folder / "processed"
        self.address: str | Path = address or self.place
        self.corrections = folder / "corrections.csv"

    def __call__(self, run: Run, **options: Any) -> Outcome:
        events = options.pop("events", run.events)
        outcome = make_release(
            self.address,
            run.readouts.lazy(),
            run.found.lazy(),
            run.quarantine,
            run.captures.lazy(),
            events=None if events is None else events.lazy(),
            **{
                "corrections": self.corrections,
                "audits": self.place.with_name("audits"),
                "known": run.known,
                "accept": SMALL,
            }
            | options,
        )
        on_disk = outcome.folder and self.address == self.place
        return replace(outcome, folder=Path(outcome.folder)) if on_disk else outcome

    def correct(self, *lines: str) -> None:
        self.corrections.write_text("\n".join(["row_id,column,expected,value,reason,date", *lines]) + "\n", "utf-8")

    def table(self, name: str, version: str = "latest") -> pl.DataFrame:
        return read_table(self.address, name, version)

    def rewrite(self, version: str, name: str, changed: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
        """Change a table of a published version, as if other code had published it so."""
        rows = pl.read_parquet(self.place / f"v{version}" / f"{name}.parquet")
        self.replace_file(version, f"{name}.parquet", changed(rows).to_arrow(compat_level=pl.CompatLevel.oldest()))

    def replace_file(self, version: str, name: str, table: pa.Table) -> None:
        """Put another table in the place of a published file, and make sums and index fit."""
        path = self.place / f"v{version}" / name
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        pq.write_table(table, path)
        sums, index = path.with_name("SHA256SUMS"), self.place / "index.json"
        old = hashlib.sha256(sums.read_bytes()).hexdigest()
        now = hashlib.sha256(path.read_bytes()).hexdigest()
        sums.write_text(sums.read_text("utf-8").replace(before, now), "utf-8")
        index.write_text(index.read_text("utf-8").replace(old, hashlib.sha256(sums.read_bytes()).hexdigest()), "utf-8")

    def changelog(self) -> str:
        """What the newest version says of itself."""
        newest = json.loads((self.place / "latest.json").read_text("utf-8"))["path"]
        return (self.place / newest / "CHANGELOG.md").read_text("utf-8")

    def ids(self) -> dict[str, str]:
        """The identifiers of the newest version by quote."""
        return dict(self.table("commitments").select("quote", "commitment_id").iter_rows())
