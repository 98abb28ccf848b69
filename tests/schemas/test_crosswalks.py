"""The crosswalks: our codes only, every code of ours, and limits beside each row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

CODELISTS = Path(__file__).parents[2] / "schemas" / "codelists"
COLUMNS = ["code", "name", "target_code", "target_name", "relation", "limits"]
RELATIONS = {"exact", "close", "broad", "narrow", "related", "none"}
LISTS = {
    "crosswalk_acts_atop": "acts",
    "crosswalk_acts_cameo": "acts",
    "crosswalk_acts_plover": "acts",
    "crosswalk_amounts_iati": "amount_kinds",
    "crosswalk_topics_cap": "topics",
}
COMPLETE = sorted(set(LISTS) - {"crosswalk_acts_atop"})
ROWS_OF_EACH = pytest.mark.parametrize("crosswalk", sorted(LISTS))


def rows(name: str) -> list[dict[str, str]]:
    with (CODELISTS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def names(codelist: str) -> dict[str, str]:
    return {row["code"]: row["name"] for row in rows(codelist)}


def test_every_crosswalk_is_tested() -> None:
    assert {path.stem for path in CODELISTS.glob("crosswalk_*.csv")} == set(LISTS)


@ROWS_OF_EACH
def test_columns_are_those_of_the_readme(crosswalk: str) -> None:
    assert list(rows(crosswalk)[0]) == COLUMNS


@pytest.mark.parametrize("crosswalk", COMPLETE)
def test_every_code_of_ours_occurs(crosswalk: str) -> None:
    assert {row["code"] for row in rows(crosswalk)} == set(names(LISTS[crosswalk]))


@ROWS_OF_EACH
def test_code_and_name_are_those_of_our_list(crosswalk: str) -> None:
    ours = names(LISTS[crosswalk])
    assert all(ours.get(row["code"]) == row["name"] for row in rows(crosswalk))


@ROWS_OF_EACH
def test_relation_is_listed(crosswalk: str) -> None:
    assert {row["relation"] for row in rows(crosswalk)} <= RELATIONS


@ROWS_OF_EACH
def test_limits_are_sentences_and_none_is_repeated(crosswalk: str) -> None:
    limits = [row["limits"] for row in rows(crosswalk)]
    assert all(text == text.strip() and text.endswith(".") and len(text.split()) > 5 for text in limits)
    assert len(limits) == len(set(limits))


@ROWS_OF_EACH
def test_only_relation_none_may_lack_a_target(crosswalk: str) -> None:
    assert all(row["target_code"] or row["relation"] == "none" for row in rows(crosswalk))
    assert all(row["target_name"] for row in rows(crosswalk) if row["target_code"])


@ROWS_OF_EACH
def test_no_pair_occurs_twice_and_no_target_has_two_names(crosswalk: str) -> None:
    pairs = [(row["code"], row["target_code"]) for row in rows(crosswalk)]
    assert len(pairs) == len(set(pairs))
    targets = {(row["target_code"], row["target_name"]) for row in rows(crosswalk) if row["target_code"]}
    assert len(targets) == len({code for code, _ in targets})


def test_topics_keep_their_number() -> None:
    assert all(row["code"] == row["target_code"] for row in rows("crosswalk_topics_cap"))
