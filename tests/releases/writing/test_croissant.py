"""The Croissant description of a version: no errors, and records that are the rows of the Parquet files."""

from __future__ import annotations

import json
import logging
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pledgebook.releases.texts.citation import citation
from pledgebook.releases.writing.files import sha256
from schemas import TABLES, csv_header

LATE = datetime(2026, 11, 2, 13, 5, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def mlcroissant():
    import mlcroissant

    return mlcroissant


@pytest.fixture
def folder(version_with_all, tmp_path):
    return Path(shutil.copytree(version_with_all, tmp_path / "described"))


def dataset_of(folder):
    return json.loads((folder / "croissant.json").read_text("utf-8"))


def test_it_has_no_errors_and_no_warnings(mlcroissant, folder, caplog):
    with caplog.at_level(logging.WARNING):
        metadata = mlcroissant.Dataset(folder / "croissant.json").metadata
    assert not metadata.ctx.issues.errors and not metadata.ctx.issues.warnings and not caplog.records
    assert metadata.ctx.conforms_to.value == "http://mlcommons.org/croissant/1.0"
    # What the reader does not know as a term of the standard it keeps aside: a misspelt term would be there.
    unknown = {term for node in metadata.nodes() for term in node.extra_properties}
    assert unknown == {"alternateName"}


def plain(value):
    """A value of a record as Parquet holds it: texts are bytes in records, days are moments, decimals are floats."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, bytes):
        return value.decode()
    return value.to_pydatetime() if hasattr(value, "to_pydatetime") else value


def expected(value):
    if isinstance(value, Decimal):
        return float(value)
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return datetime(value.year, value.month, value.day) if is_day else value


@pytest.mark.parametrize("name", TABLES)
def test_records_are_the_rows_of_the_table(mlcroissant, folder, name):
    records = [
        {field: plain(value) for field, value in record.items()}
        for record in mlcroissant.Dataset(folder / "croissant.json").records(name)
    ]
    rows = pl.read_parquet(folder / f"{name}.parquet").to_dicts()
    assert records == [{f"{name}/{column}": expected(value) for column, value in row.items()} for row in rows]
    assert records


def test_it_says_what_the_release_is(folder):
    dataset = dataset_of(folder)
    assert (dataset["version"], dataset["datePublished"]) == ("1.1.0", "2026-11-02")
    assert dataset["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert dataset["citeAs"] == citation("1.1.0", "2026-11-02")
    assert "url" not in dataset


def test_files_are_named_beside_the_description_with_their_sums(folder):
    files = dataset_of(folder)["distribution"]
    assert [file["contentUrl"] for file in files] == [f"{name}.parquet" for name in TABLES]
    assert all(file["sha256"] == sha256(folder / file["contentUrl"]) for file in files)


def test_every_column_is_a_field_with_its_description(folder):
    sets = {one["@id"]: one for one in dataset_of(folder)["recordSet"]}
    for name in TABLES:
        assert [field["name"] for field in sets[name]["field"]] == csv_header(name)
    fields = {field["@id"]: field for field in sets["commitments"]["field"]}
    assert fields["commitments/actors"]["repeated"] is True
    assert fields["commitments/actors"]["description"].startswith("Who is bound, in the order of first mention.")
    assert fields["commitments/readout_id"]["references"] == {"field": {"@id": "readouts/readout_id"}}
    assert sets["coverage"]["key"] == [{"@id": "coverage/publisher"}, {"@id": "coverage/month"}]
