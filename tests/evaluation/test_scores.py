"""Figures for found items beside coded ones, on small examples whose figures can be counted by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pledgebook.evaluation.coded import CHECKSET, CodedDocument, found_in, read_coded
from pledgebook.evaluation.confidence import bins, confidence_figures, curve
from pledgebook.evaluation.scores import figures, match

TEXT = "Norway will send engineers. Chile will open a school. They talked about the sea."


def item(start: int, end: int, **other: Any) -> dict[str, Any]:
    coded = {"actors": ["NOR"], "recipients": [], "targets": [], "strength": "firm", "novelty": "new", "routine": False}
    return {**coded, "act": "provide", "topic": 6, "amount": None, "due": "", "start": start, "end": end, **other}


def document(*items: dict[str, Any]) -> CodedDocument:
    return CodedDocument("a", {"text": TEXT, "date": date(2024, 1, 1)}, list(items))


def test_what_both_have_counts_as_found() -> None:
    measured = figures([document(item(7, 26), item(34, 52))], {"a": [item(7, 26, confidence=0.9)]})
    assert (measured["item_precision"], measured["item_recall"]) == (1.0, 0.5)
    assert measured["sentence_f1"] == pytest.approx(2 / 3)
    assert measured["right_f1"] == pytest.approx(2 / 3)


def test_half_of_the_union_must_be_shared() -> None:
    assert len(match([document(item(0, 20))], {"a": [item(0, 10)]}).pairs) == 1
    assert not match([document(item(0, 20))], {"a": [item(0, 9)]}).pairs


def test_a_quote_is_matched_once() -> None:
    matched = match([document(item(0, 20))], {"a": [item(0, 20), item(1, 20)]})
    assert [hit for _, hit in matched.found] == [True, False]


def test_a_wrong_code_is_found_but_not_right() -> None:
    measured = figures([document(item(7, 26))], {"a": [item(7, 26, act="reform", recipients=["CHL"])]})
    assert (measured["item_f1"], measured["right_f1"], measured["recipients"], measured["act"]) == (1.0, 0.0, 0.0, 0.0)


def test_money_and_time_are_compared_by_what_they_say() -> None:
    money = {"value": 100.0, "currency": "USD", "kind": "budget", "per": "total"}
    near = {**money, "value": 100.5}
    coded, found = item(7, 26, amount=money, due="by 2030"), item(7, 26, amount=near, due="By 2030")
    measured = figures([document(coded)], {"a": [found]})
    assert (measured["amount_f1"], measured["due_f1"]) == (1.0, 1.0)
    other = figures([document(coded)], {"a": [item(7, 26, amount={**money, "value": 105.0}, due="by 2031")]})
    assert (other["amount_f1"], other["due_f1"]) == (0.0, 0.0)


def test_confidence_is_compared_with_what_matched() -> None:
    found = [item(7, 26, confidence=0.8), item(34, 52, confidence=0.6), item(60, 70, confidence=0.2)]
    matched = match([document(item(7, 26), item(34, 52))], {"a": found})
    assert confidence_figures(matched)["auroc"] == 1.0
    assert confidence_figures(matched)["calibration_error"] == pytest.approx((0.2 + 0.4 + 0.2) / 3)
    assert [(part.confidence, part.matched) for part in bins(matched)] == [(0.2, 0.0), (0.6, 1.0), (0.8, 1.0)]
    assert [(point.threshold, point.precision, point.recall) for point in curve(matched)][-1] == (0.8, 1.0, 0.5)


def test_a_quote_that_is_not_in_its_text_is_named(tmp_path: Path) -> None:
    coded = {"doc": "a", "title": "Readout", "date": "2024-01-01", "issuer": "NOR", "participants": ["CHL", "NOR"]}
    line = {**coded, "text": TEXT, "items": [{"quote": "will send ships"}]}
    (tmp_path / "coded.jsonl").write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(ValueError, match="a: 'will send ships' is not in the text"):
        read_coded(tmp_path / "coded.jsonl")


def test_the_check_set_has_two_hundred_cases_with_and_without_commitments() -> None:
    documents = read_coded(CHECKSET)
    assert len({document.text for document in documents}) == 200
    assert sum(bool(document.items) for document in documents) > 100
    assert sum(not document.items for document in documents) > 70


@pytest.fixture(scope="module")
def coded_sets(shared: Path) -> Iterator[Path]:
    yield shared / "gold" / "others.jsonl"


def test_the_figures_are_those_of_the_gold_files_own_script(coded_sets: Path, tmp_path: Path) -> None:
    documents = read_coded(coded_sets)
    found = found_in(documents)
    addresses = {document.name: document.readout["url"] for document in documents}
    with (tmp_path / "found.jsonl").open("w", encoding="utf-8") as file:
        for name, items in found.items():
            file.write(json.dumps({"doc": name, "url": addresses[name], "items": items}) + "\n")
    script = coded_sets.with_name("score.py")
    words = [sys.executable, str(script), str(coded_sets), str(tmp_path / "found.jsonl"), "--json"]
    theirs = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    ours = figures(documents, found)
    for name in ("sentence", "item", "right"):
        assert ours[f"{name}_f1"] == pytest.approx(theirs[name]["f1"], abs=0.01)
    for name in ("actors", "recipients", "targets"):
        assert ours[name] == pytest.approx(theirs["sets"][name], abs=0.01)
