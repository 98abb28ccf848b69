"""Names of actors in texts."""

from __future__ import annotations

from datetime import date

import pytest

from pledgebook.extraction.actors import gazetteer


def codes(text: str, day: date | None = None) -> list[str]:
    return [mention.code for mention in gazetteer().mentions(text, day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia, Turkey and Türkiye", ["RUS", "TUR", "TUR"]),
        ("the UK and Ivory Coast", ["GBR", "CIV"]),
        ("Côte d’Ivoire’s minister", ["CIV"]),
        ("Kosovo and the Palestinian Authority", ["XKX", "PSE"]),
        ("the U.S.-Mexico border", ["USA", "MEX"]),
        ("Ukrainian and South Korean officials", ["UKR", "KOR"]),
        ("NATO, the European Union and ASEAN", ["NATO", "EU", "ASEAN"]),
        ("the state of New Mexico", []),
        ("a turkey on the table", []),
        ("Papua New Guinea", ["PNG"]),
    ],
)
def test_everyday_names_resolve(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_offsets_are_code_points() -> None:
    text = "😀 é́ Norway’s fjords"
    (mention,) = gazetteer().mentions(text)
    assert text[mention.start : mention.end] == "Norway"
