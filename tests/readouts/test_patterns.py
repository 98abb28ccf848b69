"""Kind of document, mode of meeting and level of the issuer, from titles and openings."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import pledgebook.readouts
from pledgebook.readouts.patterns import code_of, level_of
from schemas import codelists


@pytest.mark.parametrize(
    ("title", "opening", "kind"),
    [
        ("Readout of the President’s Call with the King of Norland", "", "readout"),
        ("Secretary Roe’s Meeting with the Foreign Minister", "Secretary Roe met the Foreign Minister.", "readout"),
        ("Telephone conversation with the President of Norland", "", "readout"),
        ("Norland is a friend", "President Roe met with the President of Norland.", "readout"),
        ("Joint Statement of Norland and Estavia", "", "joint_statement"),
        ("The Lake Declaration", "We, the leaders of Norland and Estavia, met at the lake.", "joint_statement"),
        ("Norland Summit Communiqué", "", "joint_statement"),
        ("FACT SHEET: The President’s Meeting with Norland", "", "fact_sheet"),
        ("Secretary Roe’s Travel to Norland", "Secretary Roe will travel to Norland in May.", "statement"),
        ("Background Press Call on the President’s Meeting with Norland", "", "statement"),
        ("Statement from President Roe on Labour Day", "I met with workers on Monday.", "statement"),
        ("On the Anniversary of Independence", "We congratulate Norland.", None),
    ],
)
def test_document_type(title: str, opening: str, kind: str | None) -> None:
    assert code_of("document_types", title, opening) == kind


@pytest.mark.parametrize(
    ("title", "opening", "mode"),
    [
        ("Readout of a Virtual Meeting", "", "virtual"),
        ("Readout of the Meeting with Norland", "The Minister met virtually with Norland.", "virtual"),
        ("Readout of the Call with Norland", "", "call"),
        ("Readout of the Secretary’s Travel to Norland", "", "trip"),
        ("Readout of the Meeting with Norland", "", "in_person"),
        ("Norland and Estavia", "The Minister spoke today with Norland.", "call"),
        ("Norland and Estavia", "Both are friends.", None),
    ],
)
def test_meeting_mode(title: str, opening: str, mode: str | None) -> None:
    assert code_of("meeting_modes", title, opening) == mode


@pytest.mark.parametrize(
    ("issuer", "title", "level"),
    [
        ("USA", "Readout of President Roe’s Call with the Vice President of Norland", "head_of_state"),
        ("USA", "Readout of Vice President Roe’s Call with President Doe of Norland", "vice_president"),
        (
            "USA",
            "Statement by a Spokesperson on National Security Advisor Roe’s Meeting with President Doe",
            "security_adviser",
        ),
        ("USA", "Secretary of State Roe’s Call with the King", "foreign_minister"),
        ("USA", "Readout of the Deputy Secretary’s Call with President Doe", "official"),
        ("USA", "Readout of the Assistant to the President’s Meeting with Ministers", None),
        ("UKR", "Deputy Head of the President's Office Roe met with the Ambassador", "official"),
        ("RUS", "Telephone conversation with President of Norland", None),
        ("NOR", "The Prime Minister spoke with President Doe", "head_of_government"),
    ],
)
def test_issuer_level(issuer: str, title: str, level: str | None) -> None:
    assert level_of(issuer, title) == level


def test_the_opening_tells_the_level_when_the_title_does_not() -> None:
    assert level_of("RUS", "Telephone conversation", "Vladimir Putin had a call with President Doe.") == "head_of_state"


@pytest.mark.parametrize("name", ["document_types", "meeting_modes", "issuer_levels"])
def test_every_code_is_in_its_list(name: str) -> None:
    table = Path(pledgebook.readouts.__file__).with_name(f"{name}.csv")
    codes = {row["code"] for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())}
    assert codes - {""} <= set(codelists.codes(name))
