"""Which clauses are cut: those of which a candidate may count, and no such clause is passed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pledgebook.extraction.document import DocumentReader, Statement
from pledgebook.extraction.judgement import judged

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "raw" / "samples").glob("*.md"))


def reader(text: str) -> DocumentReader:
    return DocumentReader(
        Statement("Joint Statement", text, "USA", ("USA", "NOR"), date(2021, 6, 8), "joint_statement")
    )


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_what_counts_is_found_without_cutting_every_clause(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    every = [item for candidates in reader(text).candidates() for item in judged(candidates)]
    replaced = {item.lead for item in every if item.lead is not None and item.lead != item.sentence.start}
    left = [item for item in every if not (item.sentence.start in replaced and item.reaches_end)]
    assert reader(text).undertakings() == left


def test_a_clause_that_cannot_count_is_a_candidate_still() -> None:
    text = "The President urged Norway, which will send ships to the strait."
    assert [len(candidates) for candidates in reader(text).candidates()] == [1]
    assert reader(text).undertakings() == []
