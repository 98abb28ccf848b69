"""The code lists: complete, consistent with each other and with ISO 3166."""

from __future__ import annotations

import csv
import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pycountry
import pytest

CODELISTS = Path(__file__).parents[2] / "schemas" / "codelists"

CODES = {
    "acts": "consult cooperate provide purchase military institute reform restrict refrain other",
    "amount_kinds": "grant_or_aid loan_or_guarantee purchase investment budget unknown",
    "amount_periods": "total year month each",
    "amount_qualifiers": "exact approx at_least up_to",
    "attributions": "own joint counterpart third_party",
    "availabilities": "live gone",
    "capture_events": "first_seen edited gone back",
    "change_causes": "source extractor codebook correction sample_replaced schema",
    "change_kinds": "added removed changed",
    "date_bases": "meeting publication file_name",
    "document_types": "readout joint_statement fact_sheet statement",
    "due_precisions": "day month quarter year",
    "issuer_levels": "head_of_state head_of_government vice_president foreign_minister minister security_adviser official",
    "meeting_modes": "in_person call virtual trip",
    "novelties": "new continuing reaffirmed",
    "strengths": "conditional intended firm",
    "text_origins": "official summary",
    "topics": "1 2 3 4 5 6 7 8 9 10 12 13 14 15 16 17 18 19 20 21 23",
    "withdrawal_reasons": "sample_replaced not_found_again taken_out correction merged version_withdrawn",
}


def rows(name: str) -> list[dict[str, str]]:
    with (CODELISTS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def actors() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in rows("actors")}


@pytest.mark.parametrize("name", sorted(CODES))
def test_list_holds_the_codes_of_the_codebook_and_the_design(name: str) -> None:
    assert {row["code"] for row in rows(name)} == set(CODES[name].split())


@pytest.mark.parametrize("path", sorted(CODELISTS.glob("*.csv")), ids=lambda path: path.stem)
def test_file_has_unix_line_ends_and_no_ragged_line(path: Path) -> None:
    assert b"\r" not in path.read_bytes()
    with path.open(encoding="utf-8", newline="") as handle:
        assert len({len(line) for line in csv.reader(handle)}) == 1


@pytest.mark.parametrize("name", sorted({*CODES, "licences", "publishers"}))
def test_codes_are_unique_and_described(name: str) -> None:
    codes = [row["code"] for row in rows(name)]
    assert len(codes) == len(set(codes))
    assert all(row["name"] and row["description"].endswith(".") for row in rows(name))


def test_every_iso_country_is_an_actor_with_its_numeric_code() -> None:
    listed = actors()
    for country in pycountry.countries:
        assert listed[country.alpha_3]["iso_n3"] == country.numeric


def test_actor_codes_are_unique_and_typed() -> None:
    listed = rows("actors")
    assert len(listed) == len({row["code"] for row in listed})
    assert {row["type"] for row in listed} == {"state", "territory", "organisation", "group", "non_state"}


def test_no_other_actor_takes_an_iso_code() -> None:
    iso = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
    others = {row["code"] for row in rows("actors") if row["type"] not in ("state", "territory")}
    assert not others & iso
    assert "XKX" in actors()


def test_at_least_eighty_organisations() -> None:
    assert sum(row["type"] == "organisation" for row in rows("actors")) >= 80


@pytest.mark.parametrize("code", ["EU", "NATO", "UN", "G7", "G20", "ASEAN", "QUAD", "AU", "CARICOM"])
def test_organisation_of_the_codebook_is_listed(code: str) -> None:
    assert actors()[code]["type"] in ("organisation", "group")


def test_parents_are_actors_and_never_go_in_a_circle() -> None:
    listed = actors()
    for code in listed:
        seen = {code}
        while parent := listed[code]["parent"]:
            assert parent in listed and parent not in seen
            seen.add(parent)
            code = parent


def test_outside_codes_are_well_formed_and_name_one_actor_each() -> None:
    for column, form in [("cow_code", r"\d{1,3}"), ("wikidata_id", r"Q\d+"), ("iso_n3", r"\d{3}")]:
        values = [row[column] for row in rows("actors") if row[column]]
        assert all(re.fullmatch(form, value) for value in values)
        assert len(values) == len(set(values)), column


@pytest.mark.parametrize(
    ("code", "cow_code", "wikidata_id"),
    [
        ("USA", "2", "Q30"),
        ("MEX", "70", "Q96"),
        ("GBR", "200", "Q145"),
        ("FRA", "220", "Q142"),
        ("XKX", "347", "Q1246"),
        ("ASEAN", "", "Q7768"),
        ("NATO", "", "Q7184"),
        ("WHO", "", "Q7817"),
    ],
)
def test_outside_codes_of_well_known_actors(code: str, cow_code: str, wikidata_id: str) -> None:
    assert (actors()[code]["cow_code"], actors()[code]["wikidata_id"]) == (cow_code, wikidata_id)


def test_members_and_groups_are_actors() -> None:
    listed = actors()
    for row in rows("actor_members"):
        assert row["member"] in listed
        assert listed[row["group"]]["type"] in ("organisation", "group")


def test_membership_dates_are_ordered_and_never_overlap() -> None:
    periods: dict[tuple[str, str], list[tuple[date, date]]] = {}
    for row in rows("actor_members"):
        start = date.fromisoformat(row["from"]) if row["from"] else date.min
        end = date.fromisoformat(row["to"]) if row["to"] else date.max
        assert start <= end
        periods.setdefault((row["group"], row["member"]), []).append((start, end))
    for spans in periods.values():
        assert all(a[1] < b[0] or b[1] < a[0] for a, b in combinations(spans, 2))


@pytest.mark.parametrize(
    ("group", "day", "size"),
    [
        ("EU", "2019-06-01", 28),
        ("EU", "2021-06-01", 27),
        ("NATO", "2022-01-01", 30),
        ("NATO", "2024-06-01", 32),
        ("G7", "2021-06-12", 7),
        ("G20", "2023-01-01", 20),
        ("G20", "2024-01-01", 21),
        ("ASEAN", "2021-01-01", 10),
        ("QUAD", "2021-09-24", 4),
        ("AU", "2020-01-01", 55),
        ("CARICOM", "2021-01-01", 15),
        ("PIF", "2020-01-01", 18),
    ],
)
def test_group_has_its_known_number_of_members_on_a_day(group: str, day: str, size: int) -> None:
    members = {
        row["member"]
        for row in rows("actor_members")
        if row["group"] == group and (row["from"] or "0000") <= day <= (row["to"] or "9999")
    }
    assert len(members) == size


def test_licences_say_whether_text_may_be_republished() -> None:
    may_republish = {row["code"]: row["may_republish"] for row in rows("licences")}
    assert set(may_republish.values()) == {"true", "false"}
    assert may_republish["US-GOV-WORK"] == "true"
    assert may_republish["UN-TERMS"] == may_republish["unknown"] == "false"


def test_publishers_issue_for_a_listed_actor() -> None:
    listed = actors()
    for row in rows("publishers"):
        assert (row["issuer"] in listed) != (row["code"] == "unknown")
