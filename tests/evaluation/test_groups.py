"""Figures of the parts of a set."""

from __future__ import annotations

from typing import Any

from pledgebook.evaluation.coded import CodedDocument
from pledgebook.evaluation.groups import by_group
from pledgebook.evaluation.scores import Counts


def document(name: str, issuer: str) -> CodedDocument:
    readout: dict[str, Any] = {"text": "", "issuer": issuer}
    return CodedDocument(name, readout, [])


def test_documents_of_one_value_are_pooled() -> None:
    documents = [document("a", "NOR"), document("b", "CHL"), document("c", "NOR")]
    counts = {"a": Counts(6, 6, 6, 6, 6, 6, 3), "b": Counts(5, 10, 10, 4, 12, 8, 2), "c": Counts(0, 4, 4, 0, 6, 8, 0)}
    measured = by_group(documents, counts, "issuer")
    assert list(measured) == ["CHL", "NOR"]
    assert (measured["NOR"]["documents"], measured["NOR"]["items"]) == (2, 12)
    assert measured["NOR"]["figures"]["sentence_f1"] == 0.6
    # Six of twelve coded and of fourteen found.
    assert measured["NOR"]["figures"]["item_f1"] == 0.462
    assert measured["NOR"]["figures"]["right_f1"] == 0.231
    assert measured["CHL"]["figures"]["item_precision"] == 0.5


def test_a_group_with_few_items_has_no_figures_and_still_counts() -> None:
    documents = [document("a", "NOR"), document("b", "CHL"), document("c", "PER")]
    counts = {"a": Counts(9, 9, 9, 9, 9, 9, 9), "b": Counts(1, 1, 1, 10, 10, 10, 9), "c": Counts(0, 0, 0, 0, 0, 0, 0)}
    measured = by_group(documents, counts, "issuer")
    assert measured["NOR"] == {"documents": 1, "items": 9, "figures": {}}
    assert measured["PER"] == {"documents": 1, "items": 0, "figures": {}}
    assert measured["CHL"]["figures"]["right_f1"] == 0.9
