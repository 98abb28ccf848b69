"""What a document commits whom to: invented sentences, one ruling of the codebook each."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from documents import coded, quotes
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgebook.extraction import extract


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Norway will send engineers to the dam.", "will send engineers to the dam"),
        ("The two leaders agreed to open a joint office in Bergen.", "agreed to open a joint office in Bergen"),
        ("They also pledged to share flood maps.", "pledged to share flood maps"),
        ("The United States reaffirmed its commitment to defend Norway.", "reaffirmed its commitment to defend Norway"),
        ("Norway plans to double its quota.", "plans to double its quota"),
        ("Both sides are determined to end the dispute.", "are determined to end the dispute"),
        ("The United States will not impose new tariffs on Norway.", "will not impose new tariffs on Norway"),
        (
            "The President announced a new fellowship program for Norway.",
            "announced a new fellowship program for Norway",
        ),
        ("The President welcomed Norway’s pledge to accept 500 families.", "Norway’s pledge to accept 500 families"),
        (
            "The Secretary directed his team to reopen the consulate in Norway.",
            "directed his team to reopen the consulate in Norway",
        ),
    ],
)
def test_an_undertaking_is_quoted_from_its_committing_words_to_the_end_of_its_object(sentence: str, quote: str) -> None:
    assert quotes(sentence) == [quote]


@pytest.mark.parametrize(
    "sentence",
    [
        "The two leaders discussed trade and exchanged views on the Arctic.",
        "The leaders agreed on the importance of free seas.",
        "The President urged Norway to agree to a truce.",
        "The leaders look forward to opening a joint office.",
        "They shared a commitment to democracy.",
        "The President stressed that he will stand with Norway.",
        "Norway had previously pledged to close the mine.",
        "In March 2014, Norway announced a new fund for schools.",
        "The new agreement with Norway will create jobs.",
        "The President expressed condolences to the people of Norway.",
    ],
)
def test_talk_positions_requests_hopes_and_the_past_are_no_undertakings(sentence: str) -> None:
    assert quotes(sentence) == []


def test_verbs_with_objects_of_their_own_are_separate_and_joined_verbs_are_one() -> None:
    assert quotes("The two sides agreed to share and protect data.") == ["agreed to share and protect data"]
    assert quotes("The two sides agreed to share flood data and build a port in Bergen.") == [
        "agreed to share flood data",
        "build a port in Bergen",
    ]


def test_a_clause_that_follows_begins_with_its_own_verb_group() -> None:
    sentence = "Norway will monitor the ice and stands ready to send ships."
    assert quotes(sentence) == ["will monitor the ice", "stands ready to send ships"]


def test_a_purpose_belongs_to_what_it_serves() -> None:
    sentence = "The leaders agreed to expand patrols to stop smuggling and protect fishermen."
    assert quotes(sentence) == ["agreed to expand patrols to stop smuggling and protect fishermen"]


def test_three_means_are_three_undertakings_and_their_umbrella_none() -> None:
    sentence = (
        "The leaders pledged to work together, including training nurses, building clinics, and sending medicine."
    )
    rows = coded(sentence)
    assert [row["quote"] for row in rows] == ["training nurses", "building clinics", "sending medicine"]
    assert len({row["list_id"] for row in rows}) == 1 and rows[0]["list_id"] is not None
    assert all(row["cue"] == "pledged" and row["cue_end"] <= row["char_start"] for row in rows)


def test_bullets_are_bound_by_their_lead_in() -> None:
    rows = coded("The two governments agreed to:\n\n- open a school in Bergen; and\n\n- exchange teachers every year.")
    assert [row["quote"] for row in rows] == ["open a school in Bergen", "exchange teachers every year"]
    assert {tuple(row["actors"]) for row in rows} == {("USA", "NOR")}
    assert len({row["list_id"] for row in rows}) == 1


def test_what_others_are_urged_to_do_is_no_list_of_undertakings() -> None:
    text = (
        "We urge companies in Norway to take these steps:\n\n- Deploy new locks; and\n\n- Report thefts to the police."
    )
    assert quotes(text) == []


def test_one_item_alone_shares_no_list() -> None:
    (row,) = coded("The leaders agreed to:\n\n- open a school in Bergen.")
    assert row["list_id"] is None


@pytest.mark.parametrize(
    ("sentence", "actors", "attribution"),
    [
        ("The President will visit Norway on 5 May.", ["USA"], "own"),
        ("The two leaders agreed to meet in May.", ["USA", "NOR"], "joint"),
        ("The Prime Minister pledged to cut duties.", ["NOR"], "counterpart"),
        ("Norway will lift its ban.", ["NOR"], "counterpart"),
        ("Sweden will send two ships to Norway.", ["SWE"], "third_party"),
        ("Both sides pledged to cut duties.", ["USA", "NOR"], "joint"),
        ("Norway and Italy will share flood maps.", ["NOR", "ITA"], "counterpart"),
    ],
)
def test_who_is_bound(sentence: str, actors: list[str], attribution: str) -> None:
    (row,) = coded(f"The President spoke today with Prime Minister Ola Berg of Norway. {sentence}")
    assert (row["actors"], row["attribution"]) == (actors, attribution)


@pytest.mark.parametrize(
    ("sentence", "column", "value"),
    [
        ("If inspectors return, Norway will lift the duties.", "strength", "conditional"),
        ("Norway intends to lift the duties.", "strength", "intended"),
        ("Norway will lift the duties.", "strength", "firm"),
        ("The leaders agreed to continue joint patrols.", "novelty", "continuing"),
        ("The leaders reaffirmed their commitment to hold joint patrols.", "novelty", "reaffirmed"),
        ("The leaders agreed to hold joint patrols.", "novelty", "new"),
        ("The leaders agreed to remain in close contact.", "routine", True),
        ("The leaders agreed to hold joint patrols.", "routine", False),
    ],
)
def test_how_it_is_worded(sentence: str, column: str, value: Any) -> None:
    (row,) = coded(sentence)
    assert row[column] == value


def test_who_gains_and_against_whom() -> None:
    (aid,) = coded("The United States will provide $5 million to Moldova.")
    assert (aid["recipients"], aid["targets"]) == (["MDA"], [])
    (sanction,) = coded("The two sides agreed to impose sanctions on Belarus.")
    assert (sanction["recipients"], sanction["targets"]) == ([], ["BLR"])


def test_money_and_time_are_columns_of_their_undertaking() -> None:
    sentence = "The United States has also committed approximately $12 million over the next two years to support teachers in Norway."
    (row,) = coded(sentence)
    assert (row["amount"], row["currency"], row["amount_qualifier"]) == (Decimal("12000000"), "USD", "approx")
    assert (row["due_text"], row["due_end"]) == ("over the next two years", date(2023, 6, 8))


def test_a_head_count_is_no_money() -> None:
    (row,) = coded("The United States will train officers to resolve the 41,000 cases in Norway.")
    assert row["amount"] is None


def test_a_domestic_matter_is_no_commitment_but_a_foreign_one_in_the_same_text_is() -> None:
    text = "The President will visit Ohio to open a bridge.\n\nThe United States will send two ships to Norway."
    assert quotes(text, title="Statement by the President", participants=("USA",)) == ["will send two ships to Norway"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_around_a_promise_leaves_quotes_and_cues_at_their_offsets(noise: str) -> None:
    text = f"{noise} Norway will send engineers to the dam. {noise}"
    for row in coded(text):
        assert text[row["char_start"] : row["char_end"]] == row["quote"]
        assert text[row["cue_start"] : row["cue_end"]] == row["cue"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "NORWAY WILL SEND SHIPS. " * 50,
        "will " * 1500,  # more words than Python allows calls within calls, and than any part of a sentence may have
        "- agreed to\n\n" * 3000,
        "“(" * 2000,
        "وافق الجانبان على فتح مكتب. " * 20,
    ],
    ids=["empty", "signs", "capitals", "one long line", "bullets", "quotes", "arabic"],
)
def test_odd_texts_are_read_without_a_crash(text: str) -> None:
    for row in coded(text):
        assert text[row["char_start"] : row["char_end"]] == row["quote"]


def test_quotes_of_a_readout_do_not_overlap() -> None:
    text = (
        "The leaders agreed to expand trade in farm goods and open two new ports in Bergen, and reaffirmed their "
        "commitment to cut duties on fish and build roads across the border; they will also share data on floods."
    )
    rows = coded(text)
    assert len(rows) >= 3
    assert all(before["char_end"] <= after["char_start"] for before, after in itertools.pairwise(rows))


def test_no_readouts_give_a_table_with_all_columns_and_no_rows() -> None:
    empty = pl.DataFrame(
        schema={
            "readout_id": pl.String,
            "title": pl.String,
            "text": pl.String,
            "date": pl.Date,
            "issuer": pl.String,
            "participants": pl.List(pl.String),
            "document_type": pl.String,
        }
    )
    assert {"quote", "cue", "actors", "sentence_start"} <= set(extract(empty).columns)
