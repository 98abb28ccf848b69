"""The policy topic of an undertaking."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.terms import stems
from pledgebook.extraction.topics import code_topic

GOLD = Path(__file__).parents[2] / ".." / "shared" / "gold"
MAJOR_TOPICS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 23}


@pytest.mark.parametrize(
    ("quote", "topic"),
    [
        ("will coordinate on sovereign debt and inflation", 1),
        ("will protect religious freedom and end discrimination", 2),
        ("will send two million doses of vaccine", 3),
        ("will lower tariffs on beef and soybeans", 4),
        ("will ban goods made by forced labour", 5),
        ("will fund scholarships for Estavian students", 6),
        ("will cut methane emissions", 7),
        ("will buy liquefied natural gas", 8),
        ("will take in 500 refugees", 9),
        ("will rebuild the railway and two airports", 10),
        ("will extradite drug traffickers", 12),
        ("will raise pensions and social protection", 13),
        ("will build affordable housing", 14),
        ("will protect geographical indications and patents", 15),
        ("will station two fighter squadrons and deter missile attacks", 16),
        ("will share research on artificial intelligence and semiconductors", 17),
        ("will lower reciprocal tariffs and remove trade barriers", 18),
        ("agreed to stay in close touch", 19),
        ("will reform the civil service", 20),
        ("will share the management of national parks", 21),
        ("will return antiquities to the museum", 23),
    ],
)
def test_topic_of_a_quote(quote: str, topic: int) -> None:
    assert code_topic(quote, quote, "") == topic


def test_sentence_and_context_help_a_bare_quote() -> None:
    assert code_topic("stay in close touch", "They will stay in close touch.", "") == 19
    assert (
        code_topic("work together", "They will work together on vaccines against malaria and other diseases.", "") == 3
    )
    assert code_topic("work together", "work together", "Fact sheet: vaccines and public health") == 3


def test_names_of_buildings_and_places_say_nothing() -> None:
    assert code_topic("will meet at the White House", "", "") == 19
    assert code_topic("will visit the West Bank", "", "") == 19


def test_inflection_case_and_curly_quotes_do_not_matter() -> None:
    assert code_topic("Protect WORKERS’ RIGHTS", "", "") == code_topic("protecting worker's rights", "", "") == 5


def test_empty_texts_are_international_affairs() -> None:
    assert code_topic("", "", "") == 19


def test_lexicon_has_known_topics_and_no_term_twice() -> None:
    rows = read_rows("topics", ("term", "topic", "weight"))
    assert {int(row["topic"]) for row in rows} == MAJOR_TOPICS
    assert all(0 <= float(row["weight"]) <= 5 for row in rows)
    twice = [
        key for key, count in Counter((tuple(stems(row["term"])), row["topic"]) for row in rows).items() if count > 1
    ]
    assert twice == []


@pytest.mark.skipif(not (GOLD / "train.jsonl").exists(), reason="the coded documents are not here")
def test_agreement_with_the_coded_documents() -> None:
    documents = [json.loads(line) for line in (GOLD / "train.jsonl").read_text(encoding="utf-8").splitlines()]
    items = [(document, item) for document in documents for item in document["items"]]
    hits = sum(code_topic(item["quote"], item["quote"], document["title"]) == item["topic"] for document, item in items)
    assert hits / len(items) >= 0.78
