"""Who are the parties: titles and openings invented after the forms that press offices use."""

from __future__ import annotations

from datetime import date

import pytest

from pledgebook.readouts.participants import participants_of

DAY = date(2023, 5, 1)


@pytest.mark.parametrize(
    ("title", "opening", "parties"),
    [
        (
            "Readout of President Biden’s Call with President Lula of Brazil",
            "The President spoke on Monday with President Lula of Brazil to discuss Russia’s war against Ukraine.",
            ["USA", "BRA"],
        ),
        (
            "Readout of the Secretary’s Meeting with His Portuguese and Norwegian Counterparts",
            "The Secretary met today in Jakarta, Indonesia with the foreign ministers of Portugal and Norway on the margins of the ASEAN Summit.",
            ["USA", "PRT", "NOR"],
        ),
        (
            "Readout of a Call with NATO Secretary General Roe",
            "The President spoke with the NATO Secretary General about Ukraine.",
            ["USA", "NATO"],
        ),
        (
            "Readout of the Vice President’s Meeting with Korean Women Leaders",
            "The Vice President met with activists from Burma and Korean students in Seoul, South Korea.",
            ["USA"],
        ),
        (
            "Readout of a White House Meeting with Governors",
            "The Director met with Julie Chavez Lopez and mayors to hear about floods in Mexico City.",
            ["USA"],
        ),
        (
            "Special Envoy for Yemen Roe’s Travel to Oman and Jordan",
            "The Special Envoy for Yemen travelled to Oman and Jordan.",
            ["USA", "OMN", "JOR"],
        ),
    ],
)
def test_readouts(title: str, opening: str, parties: list[str]) -> None:
    assert participants_of("USA", "readout", title, opening, DAY) == parties


@pytest.mark.parametrize(
    ("title", "opening", "parties"),
    [
        ("Joint Statement of the United States and Brazil", "We met to discuss Haiti.", ["USA", "BRA"]),
        ("U.S.-Japan Joint Statement on Ukraine", "Our two countries stand together.", ["USA", "JPN"]),
        (
            "Joint Statement on Syria",
            "This text was released jointly by the Governments of France, Germany and the United States of America.",
            ["USA", "FRA", "DEU"],
        ),
        (
            "Joint Statement on a U.S. – Albania Energy Dialogue",
            "The two governments met.",
            ["USA", "ALB"],
        ),
        (
            "G7 Leaders’ Statement",
            "We, the leaders of Canada, Italy and Japan, condemn the attack on Mali.",
            ["USA", "G7", "CAN", "ITA", "JPN"],
        ),
    ],
)
def test_joint_statements(title: str, opening: str, parties: list[str]) -> None:
    assert participants_of("USA", "joint_statement", title, opening, DAY) == parties


@pytest.mark.parametrize(
    ("title", "opening", "parties"),
    [
        ("Statement on the Election in Brazil", "The United States congratulates Brazil.", ["USA"]),
        ("FACT SHEET: New Sanctions against Russia", "Today the President met with nobody.", ["USA"]),
        (
            "FACT SHEET: U.S.-Mexico Bilateral Cooperation",
            "Following a meeting, the two governments announced a plan.",
            ["USA", "MEX"],
        ),
        (
            "Statement on the Visit of Italy’s Prime Minister",
            "The President will host the Prime Minister of Italy on May 3.",
            ["USA", "ITA"],
        ),
        (
            "Fact Sheet: The President Secures a Trade Deal with Kenya",
            "The President announced a trade deal with Kenya to lower tariffs against China.",
            ["USA", "KEN"],
        ),
    ],
)
def test_statements_and_fact_sheets(title: str, opening: str, parties: list[str]) -> None:
    assert participants_of("USA", "fact_sheet", title, opening, DAY) == parties


def test_the_issuer_comes_first() -> None:
    assert participants_of(
        "UKR", "readout", "Poland’s President met with the President of Ukraine", "They met.", DAY
    ) == ["UKR", "POL"]
