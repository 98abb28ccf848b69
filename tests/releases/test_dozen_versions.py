"""A book over more than a dozen versions: each kind of change alone, and all together."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from pledgebook.releases.book.comparison import compare_versions
from pledgebook.releases.places.place import open_place, read_index
from pledgebook.releases.verification import verify_release
from pledgebook.releases.withdraw import withdraw_version

MONEY = "The United States will provide $5 million to Ukraine."
DAM = "The United States will send enginers to the dam."
MENDED = DAM.replace("enginers", "engineers")
TALKS = "The two sides will meet again in May. The United States will open a consulate."
CAME = datetime(2026, 11, 5, tzinfo=UTC)


class Book:
    """Documents by name, each read anew in every run, and how the extractor reads them."""

    def __init__(self, publish: Any, document: Any, run: Any) -> None:
        self.publish, self.document, self.run = publish, document, run
        self.texts: dict[str, dict[str, Any]] = {}
        self.found: dict[str, Any] = {}
        self.corrections: list[str] = []
        self.told: list[tuple[str | None, set[str]]] = []

    def step(self, **happened: Any) -> str | None:
        """Publish what the documents say now; return the version and keep the causes of what changed."""
        documents = [self.document(name, **columns) for name, columns in self.texts.items()]
        self.publish.correct(*self.corrections)
        version = self.publish(self.run(*documents, **happened, **self.found)).version
        self.causes = set(self.publish.table("changes")["cause"]) if version else set()
        self.told.append((version, self.causes))
        return version

    def id_of(self, words: str) -> str:
        rows = self.publish.table("commitments")
        return rows.filter(pl.col("quote").str.contains(words, literal=True))["commitment_id"][0]

    def log(self) -> str:
        return self.publish.changelog()


@pytest.fixture
def book(publish, document, run):
    return Book(publish, document, run)


def test_numbers_causes_changelogs_and_identifiers_of_a_long_history(book):
    publish, texts = book.publish, book.texts
    texts["a"], texts["b"] = {"text": MONEY}, {"text": DAM}
    assert book.step() == "1.0.0"
    assert "It is the first version here." in book.log() and "If your notebook" not in book.log()

    texts["c"] = {"text": TALKS}
    assert (book.step(), book.causes) == ("1.1.0", {"source"})
    assert "- 2 commitments, by topic: International Affairs." in book.log()
    engineers = book.id_of("send enginers")

    texts["a"]["retrieved_at"] = CAME
    book.found = {"confidence": 0.9}
    assert book.step() is None

    texts["b"] = {"text": MENDED, "retrieved_at": CAME}
    assert (book.step(happened=[("b", "edited", CAME)]), book.causes) == ("1.1.1", {"source"})
    assert "### Edited at the source" in book.log() and book.id_of("send engineers") == engineers

    book.found = {"act": "cooperate", "extractor": "finder 2"}
    assert (book.step(), book.causes) == ("1.1.2", {"extractor"})
    assert "- 4 commitments changed because the extractor reads the same text differently: `act` in 4." in book.log()

    book.found = {"act": "consult", "codebook": "1.3", "extractor": "finder 2"}
    assert (book.step(), book.causes) == ("1.1.3", {"codebook"})
    assert "- 4 commitments changed because the codebook did: `act` in 4 and `codebook` in 4." in book.log()
    assert "- Rows follow codebook 1.3: its history stands in the data card." in book.log()

    book.corrections.append(f"{engineers},act,consult,provide,engineers are a service,2026-11-20")
    assert (book.step(), book.causes) == ("1.1.4", {"correction"})
    assert f"- By hand: `{engineers}` `act` “consult” → “provide”: engineers are a service." in book.log()

    consulate = book.id_of("open a consulate")
    book.corrections.append(f"{consulate},,,,said by another,2026-11-20")
    assert (book.step(), book.causes) == ("1.2.0", {"correction"})
    assert f"- By hand: `{consulate}` withdrawn: said by another." in book.log()
    assert "- 1 commitment was withdrawn by hand." in book.log() and "`withdrawn_rows`" in book.log()

    texts["s"] = {"text": "In short, Mexico will buy maize.", "text_origin": "summary"}
    assert book.step() == "1.3.0"
    sample = book.id_of("buy maize")
    texts["s"] = {"text": "The Government of Mexico will buy maize and wheat.", "retrieved_at": CAME}
    assert book.step() == "1.4.0"
    assert "sample_replaced" in book.causes and "samples that gave way to the real documents" in book.log()
    assert book.id_of("buy maize") != sample

    publish.rewrite("1.4.0", "readouts", lambda rows: rows.drop("meeting_mode"))
    assert (book.step(), book.causes) == ("1.5.0", {"schema"})
    assert "- `readouts.meeting_mode` came (String)." in book.log()

    publish.rewrite("1.5.0", "commitments", lambda rows: rows.with_columns(pl.col("topic").cast(pl.Int32)))
    assert (book.step(), book.causes) == ("2.0.0", {"schema"})
    assert "- `commitments.topic` changed its type from Int32 to Int16." in book.log()
    assert "- `commitments.topic` has another type: cast it" in book.log()

    publish.rewrite("2.0.0", "commitments", lambda rows: rows.with_columns(mood=pl.lit("good")))
    assert (book.step(), book.causes) == ("3.0.0", {"schema"})
    assert "- `commitments.mood` went." in book.log() and "is gone and nothing takes its place" in book.log()

    book.found["codebook"] = "2.0"
    assert (book.step(), book.causes) == ("4.0.0", {"codebook"})

    texts["d"] = {"text": "The United States plans to plant trees."}
    texts["c"] = {"text": TALKS.replace("in May", "in early May"), "retrieved_at": CAME}
    book.found |= {"extractor": "finder 3", "strength": "intended"}
    book.corrections[0] = f"{engineers},act,consult,military,engineers of the army,2026-11-21"
    publish.rewrite("4.0.0", "readouts", lambda rows: rows.drop("issuer_level"))
    assert book.step(happened=[("c", "edited", CAME)]) == "4.1.0"
    assert book.causes == {"source", "extractor", "correction", "schema"}

    withdraw_version(publish.place, "4.1.0", "trees were never promised")
    texts.pop("d")
    texts["e"] = {"text": "The United States will plant reeds."}
    assert book.step() == "4.2.0"
    assert "It follows 4.0.0." in book.log() and "in a withdrawn version only" in book.log()

    assert [told[0] for told in book.told].count(None) == 1 and len(book.told) == 16
    assert_that_identifiers_never_moved(publish)
    assert_that_every_version_is_whole_and_tells_its_difference(publish)


def assert_that_identifiers_never_moved(publish):
    """An id stands in versions without a gap, those withdrawn aside, and once it has left it is listed for ever and never given again."""
    entries = [entry for entry in read_index(open_place(publish.place)) if entry.withdrawn is None]
    held = [set(publish.table("commitments", entry.version)["commitment_id"]) for entry in entries]
    gone = [set(publish.table("withdrawn_rows", entry.version)["row_id"]) for entry in entries]
    for place, ids in enumerate(held):
        ever = set().union(*held[:place])
        left = ever - ids
        assert left <= gone[place] and not ids & gone[place]
        assert not ids & (ever - held[place - 1])


def assert_that_every_version_is_whole_and_tells_its_difference(publish):
    entries = [entry.version for entry in read_index(open_place(publish.place)) if entry.withdrawn is None]
    assert verify_release(publish.place, entries[-1]) == []
    # What other code had written in the place of these does not fit what they tell of themselves.
    told_by_us = [pair for pair in pairwise(entries) if pair[1] not in {"1.4.0", "1.5.0", "2.0.0", "4.0.0"}]
    for before, after in told_by_us:
        compared = compare_versions(publish.place, before, after)
        told = publish.table("changes", after).select("table", "row_id", "change", "column", "old", "new", "cause")
        assert compared.changes.select(told.columns).sort(told.columns).equals(told.sort(told.columns))


def test_the_book_knows_every_document_of_a_withdrawn_version_that_it_read_again(book):
    book.texts["a"] = {"text": MONEY}
    book.step()
    book.texts["b"] = {"text": MENDED}
    book.step()
    engineers = book.id_of("send engineers")
    withdraw_version(book.publish.place, "1.1.0", "made by mistake")
    assert book.publish.table("commitments").height == 1
    assert book.step() == "1.2.0"
    assert book.id_of("send engineers") == engineers
    assert book.publish.table("withdrawn_rows").is_empty()
