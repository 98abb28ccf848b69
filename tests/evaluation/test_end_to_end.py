"""Coded documents that go the whole way to a release before they are scored."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pledgebook.evaluation.coded import read_coded
from pledgebook.evaluation.end_to_end import publish, read_back, read_through
from pledgebook.evaluation.scores import figures

ADDRESS = "https://www.whitehouse.gov/briefings-statements/2025/03/invented-{}/"
TITLE = "Readout of the President’s Call with President Invented of Chile"
BODY = "The President spoke with President Invented of Chile. The United States will send **forty** engineers to Chile."
CODES: dict[str, Any] = {"recipients": ["CHL"], "targets": [], "strength": "firm", "novelty": "new", "routine": False}


def coded(number: int, text: str, *quotes: str) -> dict[str, Any]:
    codes = {**CODES, "actors": ["USA"], "act": "provide", "topic": 19, "amount": None, "due": ""}
    items = [{"quote": quote, **codes} for quote in quotes]
    place = {"doc": f"d{number}", "url": ADDRESS.format(number), "title": TITLE, "date": "2025-03-04"}
    return {**place, "text": text, "items": items}


def write_set(folder: Path, *documents: dict[str, Any]) -> Path:
    path = folder / "invented.jsonl"
    path.write_text("\n".join(json.dumps(document) for document in documents), encoding="utf-8")
    return path


def write_document(corpus: Path, name: str, number: int, body: str) -> None:
    corpus.mkdir(exist_ok=True)
    head = f"---\ntitle: {TITLE}\ndate: 2025-03-04\nsource_url: {ADDRESS.format(number)}\n---\n\n"
    (corpus / name).write_text(head + body + "\n", encoding="utf-8")


def test_documents_are_found_by_their_addresses_and_quotes_in_cleaned_texts(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write_document(corpus, "one.md", 1, BODY)
    write_document(corpus, "another.md", 2, f"A page that names {ADDRESS.format(1)} and is not coded.")
    (corpus / "feed.rss").write_text("not read", encoding="utf-8")
    path = write_set(tmp_path, coded(1, BODY, "will send **forty** engineers to Chile"))
    read = read_through(read_coded(path), corpus)
    assert read is not None
    (document,), found = read
    (item,) = document.items
    assert document.text[item["start"] : item["end"]] == "will send forty engineers to Chile"
    assert [row["quote"] for row in found["d1"]] == ["will send forty engineers to Chile"]
    measured = figures([document], found)
    assert (measured["sentence_f1"], measured["item_f1"]) == (1.0, 1.0)


def test_a_quote_that_the_release_has_lost_counts_as_missed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write_document(corpus, "one.md", 1, BODY)
    longer = BODY + " The President will visit Chile in May."
    path = write_set(tmp_path, coded(1, longer, "will send **forty** engineers to Chile", "will visit Chile in May"))
    read = read_through(read_coded(path), corpus)
    assert read is not None
    measured = figures(*read)
    assert (measured["item_precision"], measured["item_recall"], measured["sentence_recall"]) == (1.0, 0.5, 0.5)


def test_a_document_that_the_release_lacks_is_all_missed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write_document(corpus, "one.md", 1, BODY)
    quote = "will send **forty** engineers to Chile"
    documents = read_coded(write_set(tmp_path, coded(1, BODY, quote), coded(2, BODY, quote)))
    releases = publish({"one.md"}, corpus, datetime(2025, 3, 5, tzinfo=UTC), tmp_path)
    read, found = read_back(documents, releases)
    assert found["d2"] == []
    measured = figures(read, found)
    assert (measured["item_precision"], measured["item_recall"], measured["sentence_recall"]) == (1.0, 0.5, 0.5)


def test_nothing_is_measured_where_a_document_is_not_there(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write_document(corpus, "one.md", 1, BODY)
    assert read_through(read_coded(write_set(tmp_path, coded(1, BODY), coded(2, BODY))), corpus) is None


def test_the_figures_are_those_that_the_gold_files_own_script_finds_in_the_release(
    shared: Path, tmp_path: Path
) -> None:
    path, corpus = shared / "gold" / "others.jsonl", shared / "corpus"
    documents = read_coded(path)
    wanted = {document.readout["url"] for document in documents}
    names = {
        f"{file.name}#{number}"
        for file in corpus.glob("*.jsonl")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if json.loads(line)["url"] in wanted
    }
    releases = publish(names, corpus, datetime(2026, 11, 1, tzinfo=UTC), tmp_path)
    folder = next(releases.rglob("readouts.parquet")).parent
    words = [sys.executable, str(shared / "gold" / "score.py"), str(path), str(folder), "--json"]
    theirs = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    ours = figures(*read_back(documents, releases))
    for name in ("sentence", "item", "right"):
        assert ours[f"{name}_f1"] == pytest.approx(theirs[name]["f1"], abs=0.01)
