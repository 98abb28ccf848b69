"""The data card: every figure from the tables or from the measurement, and the same headings in every version."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import cmarkgfm
import pytest

from pledgebook.releases.book.causes import Origin
from pledgebook.releases.texts.data_card import data_card
from schemas import CODEBOOK_VERSION

HEADINGS = [
    "What this is",
    "What is measured",
    "What was collected",
    "How rows were made",
    "How well it works",
    "Money",
    "Empty and `new`",
    "Proper and improper uses",
    "Reading the files",
    "Report an error",
    "Cite",
    "Codebook history",
]
FIGURES = {"sentence_f1": 0.8, "item_f1": 0.7, "right_f1": 0.4}
SET = {"documents": 80, "items": 290, "figures": FIGURES}
ORIGIN = Origin("1.2", "finder 1", "0" * 64)


def section(card: str, heading: str) -> str:
    return card.split(f"\n## {heading}\n")[1].split("\n## ")[0]


@pytest.fixture
def card(publish, run):
    """The card of a book that holds the documents, as it is published."""
    return lambda *documents, **found: (publish(run(*documents, **found)).folder / "README.md").read_text("utf-8")


@pytest.fixture
def scored(publish, document, run):
    """The section on scores for a measurement."""
    publish(run(document("a", "The United States will send engineers.")))
    names = ["readouts", "commitments", "captures", "coverage"]
    tables = {name: publish.table(name) for name in names}

    def told(audited: str = "", extractor: str = "finder 1", **sets) -> str:
        measured = {"extractor": extractor, "note": "Read by *machines*.", "sets": sets}
        whole = data_card("1.0.0", "2026-11-01", ORIGIN, tables, measured, audited)
        return whole.split("## How well it works\n")[1].split("\n## Money")[0]

    return told


@pytest.mark.parametrize("origin", ["official", "summary"])
def test_every_card_has_the_same_headings_in_one_order(card, document, origin):
    text = card(document("a", "The United States will provide $5 million to Ukraine.", text_origin=origin))
    assert [name for name in re.findall("^## (.*)$", text, re.MULTILINE) if name != "Checked by people"] == HEADINGS
    assert not re.search(r"[{}]|None|\bnan\b", text)


def test_every_table_is_one_when_it_is_rendered(card, document):
    text = card(document("a", "The United States will provide $5 million to Ukraine."))
    page = cmarkgfm.github_flavored_markdown_to_html(text)
    assert page.count("<table>") == len(re.findall(r"^\| ?---", text, re.MULTILINE)) > 0


def test_documents_are_counted_by_publisher_year_type_and_issuer(card, document):
    text = section(
        card(
            document("a", "The United States will send engineers."),
            document("b", "They met. It will come. It will go.", document_type="fact_sheet", date=date(2025, 2, 1)),
            document("c", "They met.", publisher="kremlin", issuer="RUS", participants=["RUS"]),
        ),
        "What was collected",
    )
    assert "| White House (`white-house`) | 1 | 0 | 1 | 0 | 2 | 3 | 2021-06-08 to 2025-02-01 |" in text
    assert "| President of Russia (`kremlin`) | 1 | 0 | 0 | 0 | 1 | 0 | 2021-06-08 to 2021-06-08 |" in text
    assert "| 2021 | 2 | 0 | 0 | 0 | 2 | 1 |\n| 2025 | 0 | 0 | 1 | 0 | 1 | 2 |" in text
    assert "| Readout (`readout`) | 2 | 50 % | 1 | 0.5 |\n| Fact sheet (`fact_sheet`) | 1 | 100 % | 2 | 2.0 |" in text
    assert "| United States (`USA`) | 2 | 3 |\n| Russia (`RUS`) | 1 | 0 |" in text


def test_what_the_counts_leave_out_is_said(card, document):
    text = section(
        card(
            document("a", "The United States will send engineers.", date_basis="meeting"),
            document("b", "Ils se sont vus.", language="fr"),
        ),
        "What was collected",
    )
    assert "- Documents known: 2; not retrieved: 0; set aside: 0" in text
    assert "- Not in English, so that nothing can be found in them: 1." in text
    assert "- Dated by publication or file name, since no day of a meeting is stated: 1." in text
    assert "licence" not in text and "own words" not in text


def test_summaries_count_in_no_figure(card, document):
    text = card(
        document("a", "The United States will send engineers."),
        document("b", "It will pay $9 million. It will go.", text_origin="summary", issuer="RUS", participants=["RUS"]),
    )
    assert "| documents | 2 |\n| of these, summaries in our own words | 1 |\n| commitments | 3 |" in text
    assert "which count in no figure below: 1." in text and "`RUS`" not in text
    assert "| `novelty` = `new` | 1 | 100 % |" in text and "Rows that state money: 0; of these" in text


def test_a_demonstration_shows_no_figure_that_could_be_quoted(card, document):
    text = card(document("a", "It will pay $9 million to Ukraine.", text_origin="summary"))
    assert "**A demonstration**, made from bundled summaries alone; its figures mean nothing." in text
    assert "This version holds 1 bundled" in section(text, "What was collected")
    assert "In a demonstration no amount may be added up." in text
    assert all("\n| " not in section(text, name) for name in ("What was collected", "Money", "Empty and `new`"))


def test_only_money_that_may_be_added_up_is_added_by_currency_and_kind(card, document):
    text = section(
        card(
            document("a", "It will pay $5 million to Ukraine. It will pay $7 million to Mexico."),
            document("b", "It will pay $5 million to Ukraine."),
        ),
        "Money",
    )
    assert "Rows that state money: 3; of these may be added up: 2." in text
    assert "| USD | Grant or aid (`grant_or_aid`) | 2 | 12,000,000 | 0 | 7,000,000 |" in text


def test_ceilings_and_other_kinds_are_told_apart(card, document):
    loan = {"amount_qualifier": "up_to", "amount_kind": "loan_or_guarantee", "currency": "EUR"}
    found = {"amount": "2500000.50", "amount_text": "that much", "amount_per": "total", **loan}
    text = section(card(document("a", "It will lend that much."), **found), "Money")
    assert "| EUR | Loan or guarantee (`loan_or_guarantee`) | 1 | 2,500,000.50 | 2,500,000.50 | 2,500,000.50 |" in text


def test_shares_of_empty_cells_are_told(card, document):
    text = card(document("a", "It will go to Ukraine. It will go. It will come."))
    assert "| `recipients` empty | 2 | 67 % |" in section(text, "Empty and `new`")
    assert "| `routine` | 0 | 0 % |" in text


def test_what_was_not_measured_is_named(scored):
    text = scored(checkset=SET, dev=SET)
    assert "Read by \\*machines\\*." in text
    assert "|  | `dev` | `checkset` |" in text and "| documents | 80 | 80 |" in text
    assert "one to one (half of the union shared): F1 | 0.70 | 0.70 |" in text
    assert "Intervals at 95 %: not measured for `dev`, `checkset`." in text
    for what in ("By issuer", "By document type", "Agreement between the readers"):
        assert f"- {what}: not measured with this extractor." in text
    assert "No person has checked a sample of this dataset yet." in text


def test_what_was_measured_is_told(scored):
    text = scored(
        dev={
            **SET,
            "intervals": {"item_f1": [0.6, 0.79]},
            "effective_documents": 21.7,
            "agreement": {"sentence_f1": 0.95, "item_f1": 0.93, "right_f1": 0.81},
            "end_to_end": {**SET, "figures": {**FIGURES, "item_f1": 0.68}},
            "by_issuer": {"USA": SET, "RUS": {**SET, "documents": 9}},
            "by_document_type": {"readout": SET},
        }
    )
    assert "| 0.70 (0.60 to 0.79) |" in text and "In brackets: intervals at 95 %." in text
    assert "(some hold many commitments) | 22 |" in text
    assert "| `dev` |  |  | 0.95 | 0.93 | 0.81 |" in text and "| `dev` | 80 | 290 | 0.80 | 0.68 | 0.40 |" in text
    assert "| `dev`, `RUS` | 9 | 290 | 0.80 | 0.70 | 0.40 |\n| `dev`, `USA` |" in text
    assert "### By document type" in text and "not measured" not in text


def test_a_figure_that_one_set_lacks_or_nobody_described_is_told(scored):
    text = scored(dev={**SET, "figures": {**FIGURES, "amount_f1": 1.0, "novel_f1": 0.5}}, others=SET)
    assert "| money: F1 | 1.00 | – |" in text and "| `novel_f1` | 0.50 | – |" in text


def test_scores_of_another_extractor_are_not_told(scored):
    text = scored(extractor="finder 0", dev=SET)
    assert "The extractor of these rows was not measured." in text and "0.70" not in text


def test_what_people_checked_stands_after_the_scores(scored):
    text = scored(audited="## Checked by people\n\nAll of 50 rows are right.\n", dev=SET)
    assert text.endswith("\n\n## Checked by people\n\nAll of 50 rows are right.\n")
    assert "No person has checked" not in text


def test_the_codebook_history_begins_with_the_codebook_in_use():
    text = (files("pledgebook.releases.texts") / "card" / "history.md").read_text("utf-8")
    first = re.search(r"\|---\|---\|\n\| (\S+) \|", text)
    assert first and first.group(1) == CODEBOOK_VERSION
