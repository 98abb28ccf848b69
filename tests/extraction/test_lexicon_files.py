"""The actor lexicon as data: every country can be named, and no name means two actors at once."""

from __future__ import annotations

import csv
from datetime import date
from itertools import combinations
from pathlib import Path

import pycountry
import pytest

from pledgebook.extraction.actors import gazetteer

ROOT = Path(__file__).parents[2]
LEXICON = ROOT / "pledgebook" / "extraction" / "lexicon"
KINDS = {"name", "adjective", "people", "capital", "institution", "place", "none"}

# English has no demonym for a territory where nobody lives for good.
UNINHABITED = {"ATF", "BVT", "HMD", "UMI"}
# "Central African" names a region as often as the republic, and "Vatican" is the name itself.
WITHOUT_DEMONYM = UNINHABITED | {"CAF", "VAT"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def aliases() -> list[dict[str, str]]:
    return rows(LEXICON / "aliases.csv")


@pytest.fixture(scope="module")
def officials() -> list[dict[str, str]]:
    return rows(LEXICON / "officials.csv")


@pytest.fixture(scope="module")
def actors() -> set[str]:
    return {row["code"] for row in rows(ROOT / "schemas" / "codelists" / "actors.csv")}


def test_every_iso_country_has_a_name(aliases: list[dict[str, str]]) -> None:
    named = {row["code"] for row in aliases if row["kind"] == "name"}
    assert {country.alpha_3 for country in pycountry.countries} - named == set()


def test_every_organisation_is_found_by_its_names(aliases: list[dict[str, str]]) -> None:
    listed = rows(ROOT / "schemas" / "codelists" / "actors.csv")
    organisations = {row["code"] for row in listed if row["type"] in ("organisation", "group")}
    named = {
        row["code"]
        for row in aliases
        if row["code"] in [found.code for found in gazetteer().mentions(f"They met {row['alias']}.")]
    }
    assert len(organisations) >= 80
    assert organisations - named == set()


def test_every_inhabited_iso_country_has_a_demonym(aliases: list[dict[str, str]]) -> None:
    described = {row["code"] for row in aliases if row["kind"] == "adjective"}
    assert {country.alpha_3 for country in pycountry.countries} - described == WITHOUT_DEMONYM


@pytest.mark.parametrize(
    ("alias", "code"),
    [
        ("Russia", "RUS"),
        ("Russian Federation", "RUS"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("UK", "GBR"),
        ("U.K.", "GBR"),
        ("United Kingdom", "GBR"),
        ("Britain", "GBR"),
        ("Northern Ireland", "GBR"),
        ("Palestine", "PSE"),
        ("Palestinian Authority", "PSE"),
        ("Kosovo", "XKX"),
        ("Ivory Coast", "CIV"),
        ("Côte d'Ivoire", "CIV"),
        ("Cote d’Ivoire", "CIV"),
        ("DPRK", "PRK"),
        ("ROK", "KOR"),
        ("PRC", "CHN"),
        ("Republic of China", "TWN"),
        ("U.S.", "USA"),
        ("America", "USA"),
        ("White House", "USA"),
        ("Kremlin", "RUS"),
        ("Burma", "MMR"),
        ("European Commission", "EU"),
        ("Gavi", "GAVI"),
        ("Global Fund", "GFATM"),
        ("Guinea", "GIN"),
        ("Papua New Guinea", "PNG"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
        ("Niger", "NER"),
        ("Nigerian", "NGA"),
        ("Nigerien", "NER"),
        ("Republic of the Congo", "COG"),
        ("DRC", "COD"),
    ],
)
def test_everyday_name_resolves(aliases: list[dict[str, str]], alias: str, code: str) -> None:
    assert [row["code"] for row in aliases if row["alias"] == alias] == [code]


@pytest.mark.parametrize(
    "alias", ["New Mexico", "Latin America", "African American", "Indian Ocean", "South China Sea"]
)
def test_words_that_hold_a_country_name_but_name_no_actor(aliases: list[dict[str, str]], alias: str) -> None:
    assert [(row["code"], row["kind"]) for row in aliases if row["alias"] == alias] == [("", "none")]


@pytest.mark.parametrize("alias", ["Washington", "Brussels", "Georgetown", "Congress", "Congo Free State"])
def test_words_too_ambiguous_are_left_out(aliases: list[dict[str, str]], alias: str) -> None:
    assert all(row["alias"] != alias for row in aliases)


def test_no_alias_stands_twice_and_all_are_trimmed(aliases: list[dict[str, str]]) -> None:
    names = [row["alias"] for row in aliases]
    assert len(names) == len(set(names))
    assert all(name and name == name.strip() for name in names)


def test_only_an_alias_of_no_actor_has_no_code(aliases: list[dict[str, str]], actors: set[str]) -> None:
    assert {row["kind"] for row in aliases} == KINDS
    assert all((row["code"] == "") == (row["kind"] == "none") for row in aliases)
    assert {row["code"] for row in aliases} - actors == {""}


def test_aliases_are_sorted_by_code_then_alias(aliases: list[dict[str, str]]) -> None:
    keys = [(row["code"], row["alias"]) for row in aliases]
    assert keys == sorted(keys)


def test_ambiguous_words_are_aliases_and_say_which_neighbours_forbid_them(aliases: list[dict[str, str]]) -> None:
    codes = {row["alias"]: row["code"] for row in aliases}
    for row in rows(LEXICON / "ambiguous.csv"):
        assert codes[row["alias"]] == row["code"]
        neighbours = [*row["not_before"].split("|"), *row["not_after"].split("|")]
        assert any(neighbours) and not any(" " in word for word in neighbours)


def test_officials_act_for_listed_actors_in_listed_offices(officials: list[dict[str, str]], actors: set[str]) -> None:
    levels = {row["code"] for row in rows(ROOT / "schemas" / "codelists" / "issuer_levels.csv")}
    assert {row["code"] for row in officials} <= actors
    assert {row["office"] for row in officials} == levels


def test_officials_dates_are_ordered(officials: list[dict[str, str]]) -> None:
    for row in officials:
        start = date.fromisoformat(row["from"])
        assert not row["to"] or start < date.fromisoformat(row["to"]), row


def test_no_official_acts_for_two_actors_at_one_time(officials: list[dict[str, str]]) -> None:
    terms: dict[str, list[dict[str, str]]] = {}
    for row in officials:
        terms.setdefault(row["name"], []).append(row)
    for same_name in terms.values():
        for a, b in combinations(same_name, 2):
            apart = (a["to"] or "9999") < b["from"] or (b["to"] or "9999") < a["from"]
            assert a["code"] == b["code"] or apart, (a, b)


def test_no_officials_name_is_an_alias(officials: list[dict[str, str]], aliases: list[dict[str, str]]) -> None:
    assert not {row["name"] for row in officials} & {row["alias"] for row in aliases}


@pytest.mark.parametrize(
    ("name", "day", "code", "office"),
    [
        ("Biden", "2014-03-01", "USA", "vice_president"),
        ("Biden", "2021-06-08", "USA", "head_of_state"),
        ("López Obrador", "2021-06-08", "MEX", "head_of_state"),
        ("Stoltenberg", "2012-01-01", "NOR", "head_of_government"),
        ("Stoltenberg", "2021-06-14", "NATO", "head_of_government"),
        ("Blinken", "2022-01-01", "USA", "foreign_minister"),
        ("Sullivan", "2022-01-01", "USA", "security_adviser"),
        ("Zelenskyy", "2022-03-01", "UKR", "head_of_state"),
    ],
)
def test_name_on_a_day(officials: list[dict[str, str]], name: str, day: str, code: str, office: str) -> None:
    found = {
        (row["code"], row["office"])
        for row in officials
        if row["name"] == name and row["from"] <= day <= (row["to"] or "9999")
    }
    assert found == {(code, office)}


def test_heads_of_at_least_110_states(officials: list[dict[str, str]]) -> None:
    heads = {row["code"] for row in officials if row["office"] in ("head_of_state", "head_of_government")}
    states = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
    assert len(heads & states) >= 110
