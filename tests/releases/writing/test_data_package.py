"""The Data Package of a version: valid, whole, and read as what the Parquet files hold."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import yaml

from pledgebook.releases.writing.files import sha256
from schemas import TABLES, codelists

ROOT = Path(__file__).parents[3]
LATE = datetime(2026, 11, 2, 13, 5, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def frictionless():
    import frictionless

    return frictionless


@pytest.fixture
def folder(version_with_all, tmp_path):
    return Path(shutil.copytree(version_with_all, tmp_path / "described"))


def package_of(folder):
    return json.loads((folder / "datapackage.json").read_text("utf-8"))


def schema_of(folder, name):
    return next(resource["schema"] for resource in package_of(folder)["resources"] if resource["name"] == name)


def field_of(folder, table, column):
    return next(field for field in schema_of(folder, table)["fields"] if field["name"] == column)


def test_description_and_files_are_valid(frictionless, folder):
    report = frictionless.validate(folder / "datapackage.json")
    assert report.valid and not report.warnings, report.to_summary()
    assert {task.name for task in report.tasks} == {resource["name"] for resource in package_of(folder)["resources"]}


def test_every_data_file_is_described_with_its_size_and_sum(folder):
    resources = {resource["path"]: resource for resource in package_of(folder)["resources"]}
    files = [path for path in folder.rglob("*") if path.suffix in (".csv", ".parquet")]
    assert resources.keys() == {path.relative_to(folder).as_posix() for path in files}
    assert len(files) == 2 * len(TABLES) + 1 + len(codelists.files())
    for path, resource in resources.items():
        assert (folder / path).stat().st_size == resource["bytes"]
        assert f"sha256:{sha256(folder / path)}" == resource["hash"]


def test_the_csv_files_are_read_as_what_parquet_holds(frictionless, folder):
    package = frictionless.Package(folder / "datapackage.json")
    for name in TABLES:
        rows = [row.to_dict() for row in package.get_resource(name).read_rows()]
        held = pl.read_parquet(folder / f"{name}.parquet").to_dicts()
        # The standard knows one kind of number, and its reader takes every one of them as a decimal.
        exact = [{k: Decimal(str(v)) if isinstance(v, float) else v for k, v in row.items()} for row in held]
        assert rows == exact and rows


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("commitments", "r-ca978112ca1bbdca", "r-0000000000000000", "foreign-key"),
        ("readouts", "r-2e7d2c03a9507ae2", "r-ca978112ca1bbdca", "primary-key"),
        ("readouts", "r-2e7d2c03a9507ae2", "r-2e7d2c03a9507ae", "constraint-error"),
        ("commitments", "will pay $5 million to Ukraine,7,", "will pay $5 million to Ukraine,-7,", "constraint-error"),
        ("quarantine", "no_date", "", "constraint-error"),
        ("readouts", '"[""USA"", ""UKR""]"', "USA UKR", "type-error"),
        ("readouts", "2026-11-02T13:05:07.250Z", "2 November 2026", "type-error"),
        ("commitments", "2021-06-09", "2021-06-31", "type-error"),
        ("commitments", "5000000.00", "5 million", "type-error"),
        ("captures", "event", "events", "incorrect-label"),
    ],
)
def test_a_broken_file_is_found(frictionless, folder, table, old, new, error):
    path = folder / "csv" / f"{table}.csv"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())
    report = frictionless.Package(folder / "datapackage.json").get_resource(table).validate()
    assert error in [found.type for task in report.tasks for found in task.errors]


def test_a_changed_byte_is_found_in_any_format(frictionless, folder):
    path = folder / "readouts.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    report = frictionless.Package(folder / "datapackage.json").get_resource("readouts-parquet").validate()
    assert [found.type for found in report.tasks[0].errors] == ["hash-count"]


def test_it_says_what_the_release_is(folder):
    package = package_of(folder)
    assert (package["$schema"], package["name"]) == (
        "https://datapackage.org/profiles/2.0/datapackage.json",
        "pledgebook",
    )
    assert (package["version"], package["created"]) == ("1.1.0", "2026-11-02T00:00:00Z")
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert [source["title"] for source in package["sources"]] == ["European Council", "White House"]
    assert package["keywords"] == yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["keywords"]
    assert "homepage" not in package and "demonstration" not in package["description"]


def test_keys_are_primary_unless_they_may_be_empty(folder):
    schemas = {name: schema_of(folder, name) for name in TABLES}
    assert schemas["commitments"]["primaryKey"] == ["commitment_id"]
    assert schemas["coverage"]["uniqueKeys"] == [["publisher", "month"]]
    assert {name for name, schema in schemas.items() if "primaryKey" not in schema} == {
        "changes",
        "coverage",
        "quarantine",
    }
    reference = {"fields": ["readout_id"], "reference": {"resource": "readouts", "fields": ["readout_id"]}}
    assert schemas["commitments"]["foreignKeys"] == [reference]


def test_open_lists_are_named_and_not_enumerated(folder):
    act = field_of(folder, "commitments", "act")
    assert act["codelist"] == "codelist-acts" and act["description"].endswith("Codes: codelists/acts.csv.")
    assert schema_of(folder, "codelist-acts")["primaryKey"] == ["code"]
    assert "enum" not in (folder / "datapackage.json").read_text("utf-8")


def test_a_pattern_has_no_anchors(folder):
    assert field_of(folder, "readouts", "readout_id")["constraints"]["pattern"] == "r-[0-9a-z]{16}"
