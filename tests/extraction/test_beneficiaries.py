"""Who gains and against whom: invented sentences about real countries."""

from __future__ import annotations

from datetime import date

import pytest

from pledgebook.extraction.beneficiaries import Sides, sides
from pledgebook.extraction.parties import parties_of
from pledgebook.extraction.regions import named_in, with_regions
from pledgebook.extraction.relations import relation, type_of
from pledgebook.extraction.scene import Scene, candidates
from pledgebook.extraction.segmentation import sentences

DAY = date(2021, 6, 8)
TITLE = "Readout of the President’s Call with the Prime Minister of Norway"


def scene(text: str, quote: str, actors: tuple[str, ...], act: str, title: str = TITLE) -> Scene:
    start = text.index(quote)
    parties, mentions = parties_of(title, text, "USA", ("USA", "NOR"), DAY)
    sentence = next(one for one in sentences(text) if one.start <= start < one.end)
    regional = with_regions(text, mentions)
    return Scene(text, title, start, start + len(quote), sentence, parties, regional, actors, act)


@pytest.mark.parametrize(
    ("before", "quote", "actors", "act", "expected"),
    [
        (
            "The United States ",
            "will provide $4 million in flood relief to Chad",
            ("USA",),
            "provide",
            Sides(("TCD",), ()),
        ),
        ("They ", "pledged to provide medicines to Peru", ("USA", "NOR"), "provide", Sides(("PER",), ())),
        ("The two leaders ", "agreed to cooperate on fisheries", ("USA", "NOR"), "cooperate", Sides((), ())),
        ("The United States ", "will impose sanctions on Belarus", ("USA",), "restrict", Sides((), ("BLR",))),
        ("They ", "agreed to keep tariffs on steel from Iran", ("USA", "NOR"), "restrict", Sides((), ("IRN",))),
        ("Norway ", "will remove tariffs on U.S. farm goods", ("NOR",), "refrain", Sides(("USA",), ())),
        ("The President ", "reaffirmed his commitment to Norway’s security", ("USA",), "military", Sides(("NOR",), ())),
    ],
)
def test_sides_of_an_undertaking(before: str, quote: str, actors: tuple[str, ...], act: str, expected: Sides) -> None:
    assert sides(scene(f"{before}{quote}.", quote, actors, act)) == expected


def test_no_actor_is_a_candidate() -> None:
    found = candidates(scene("Norway will share maps with Norway.", "will share maps with Norway", ("NOR",), "provide"))
    assert [candidate.code for candidate in found] == ["USA"]


def test_a_candidate_is_judged_by_the_nearest_place_that_names_it() -> None:
    text = "The President praised Chad. He thanked Peru and agreed to send engineers to Norway, as Ghana did."
    found = candidates(scene(text, "agreed to send engineers to Norway", ("USA",), "provide"))
    assert [(candidate.code, candidate.place) for candidate in found] == [
        ("NOR", "quote"),
        ("GHA", "after"),
        ("PER", "before"),
        ("TCD", "earlier"),
    ]


def test_recipients_follow_the_order_of_their_first_mention() -> None:
    quote = "will provide grants to Peru, Chad and Ghana"
    assert sides(scene(f"The United States {quote}.", quote, ("USA",), "provide")).recipients == ("PER", "TCD", "GHA")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Aid to the Baltic region", ("EST", "LVA", "LTU")),
        ("Peace through a two-state solution", ("ISR", "PSE")),
        ("The African Union in South Africa", ("AU", "ZAF")),
    ],
)
def test_regions_stand_for_actors_unless_they_are_part_of_a_name(text: str, codes: tuple[str, ...]) -> None:
    assert named_in(text) == codes


def test_how_an_actor_stands_to_those_who_are_bound() -> None:
    assert relation("AUKUS", ("AUS", "GBR", "USA")) == "own group"
    assert relation("NATO", ("USA",)) == "group"
    assert relation("DEU", ("G7",)) == "member"
    assert relation("WFP", ("UN",)) == "body"
    assert relation("TCD", ("USA",)) == "none"
    assert type_of("TCD") == "state"
