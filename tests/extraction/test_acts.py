"""The act of an undertaking."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pledgebook.extraction.acts import code_act
from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.terms import stem

GOLD = Path(__file__).parents[2] / ".." / "shared" / "gold"
ACTS = {
    "consult",
    "cooperate",
    "provide",
    "purchase",
    "military",
    "institute",
    "reform",
    "restrict",
    "refrain",
    "other",
}


@pytest.mark.parametrize(
    ("head", "quote", "act"),
    [
        ("stay", "agreed to stay in close touch", "consult"),
        ("meet", "will meet again in Norland", "consult"),
        ("visit", "will visit Estavia on 5 June", "consult"),
        ("cooperate", "agreed to cooperate on border security", "cooperate"),
        ("share", "will share information on trafficking", "cooperate"),
        ("deepen", "agreed to deepen their partnership", "cooperate"),
        ("provide", "will provide $5 million in humanitarian assistance", "provide"),
        ("send", "will send food and medicine to the displaced", "provide"),
        ("purchase", "will purchase 40 aircraft", "purchase"),
        ("", "Norland’s ironclad commitment to Estavia’s defense", "military"),
        ("provide", "will provide air defense systems and ammunition", "military"),
        ("establish", "agreed to establish a joint working group", "institute"),
        ("launch", "launched a strategic dialogue", "institute"),
        ("sign", "signed a memorandum of understanding", "institute"),
        ("streamline", "will streamline its import licensing procedures", "reform"),
        ("enforce", "will effectively enforce its environmental laws", "reform"),
        ("impose", "will impose sanctions on two banks", "restrict"),
        ("hold", "will hold the attackers accountable", "restrict"),
        ("impose", "will not impose new tariffs", "refrain"),
        ("suspend", "will suspend its retaliatory tariffs", "refrain"),
        ("", "their commitment to a two-state solution", "other"),
    ],
)
def test_act(head: str, quote: str, act: str) -> None:
    assert code_act(head, quote, quote) == act


def test_the_verb_is_found_when_it_is_not_given() -> None:
    quote = "agreed to establish a joint working group"
    assert code_act("", quote, quote) == code_act("establish", quote, quote) == "institute"


def test_no_words_at_all_still_give_an_act() -> None:
    assert code_act("", "", "") in ACTS
    assert code_act("", "€€€ 🕊️", "") in ACTS


def test_lexicon_uses_known_acts_and_classes() -> None:
    weights = read_rows("act_weights", ("kind", "name", "act", "weight"))
    classes = {row["class"] for row in read_rows("act_verbs", ("verb", "class"))}
    objects = {row["class"] for row in read_rows("act_objects", ("term", "class"))}
    assert {row["act"] for row in weights} == ACTS
    assert {row["name"] for row in weights if row["kind"] in {"class", "then class"}} <= classes | {"none"}
    assert {row["name"] for row in weights if row["kind"] in {"object", "around", "nearest"}} <= objects | {"none"}


def test_no_country_stands_for_an_act() -> None:
    words = {
        word
        for row in read_rows("act_weights", ("kind", "name", "act", "weight"))
        if row["kind"] in {"word", "words"}
        for word in row["name"].split()
    }
    names = {stem(row["alias"].lower()) for row in read_rows("aliases", ("alias", "code", "kind")) if row["code"]}
    common = {"us", "who", "car", "doe", "shape"}
    assert words & names <= common


@pytest.mark.skipif(not (GOLD / "train.jsonl").exists(), reason="the coded documents are not here")
def test_agreement_with_the_coded_documents() -> None:
    documents = [json.loads(line) for line in (GOLD / "train.jsonl").read_text(encoding="utf-8").splitlines()]
    items = [item for document in documents for item in document["items"]]
    hits = sum(code_act("", item["quote"], item["quote"]) == item["act"] for item in items)
    assert hits / len(items) >= 0.8
