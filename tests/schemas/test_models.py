"""One definition for each column, from which everything else is derived."""

from __future__ import annotations

import re

import polars as pl
import pyarrow as pa
import pytest

from schemas import TABLES, arrow_schema, codelists, csv_header, dictionary, polars_schema, sort_columns

EXPECTED_TYPES = {
    ("commitments", "amount"): (pl.Decimal(20, 2), pa.decimal128(20, 2)),
    ("commitments", "topic"): (pl.Int16(), pa.int16()),
    ("commitments", "char_start"): (pl.Int32(), pa.int32()),
    ("commitments", "actors"): (pl.List(pl.String), pa.list_(pa.string())),
    ("commitments", "routine"): (pl.Boolean(), pa.bool_()),
    ("commitments", "confidence"): (pl.Float64(), pa.float64()),
    ("readouts", "date"): (pl.Date(), pa.date32()),
    ("readouts", "retrieved_at"): (pl.Datetime("us", "UTC"), pa.timestamp("us", "UTC")),
    ("readouts", "text"): (pl.String(), pa.string()),
}


def test_the_tables_stand_in_the_order_of_the_design():
    names = ["readouts", "commitments", "quarantine", "changes", "captures", "coverage", "withdrawn_rows"]
    assert list(TABLES) == names


@pytest.mark.parametrize(("place", "kinds"), EXPECTED_TYPES.items(), ids=str)
def test_types_are_those_of_the_design(place, kinds):
    table, column = place
    assert (polars_schema(table)[column], arrow_schema(table).field(column).type) == kinds


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described_in_every_form(name):
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", dictionary(), re.M | re.S).group(1)
    for column in csv_header(name):
        description = arrow_schema(name).field(column).metadata[b"description"].decode()
        assert description.endswith(".")
        assert re.search(rf"^\| `{column}`( ○)? \| .*{re.escape(description)}", section, re.M)


@pytest.mark.parametrize("name", TABLES)
def test_metadata_point_at_what_there_is(name):
    model = TABLES[name]
    for column in model.names("codelist"):
        assert codelists.codes(model.metadata(column)["codelist"])
    for column in model.names("references"):
        table, key = model.metadata(column)["references"].split(".")
        assert TABLES[table].names("key") == [key]
    assert set(sort_columns(name)) <= set(csv_header(name))


def test_volatile_columns_are_those_that_the_design_marks():
    assert TABLES["readouts"].names("volatile") == [
        "retrieved_at",
        "capture_sha256",
        "first_version",
        "changed_version",
    ]
    assert TABLES["commitments"].names("volatile") == ["confidence", "extractor", "first_version", "changed_version"]


def test_what_the_stages_hand_over_lacks_what_the_release_assigns():
    handed_over = list(TABLES["commitments"].handed_over().columns)
    assigned = ["commitment_id", "amount_summable", "first_version", "changed_version"]
    assert [column for column in csv_header("commitments") if column not in handed_over] == assigned


def test_an_unknown_code_list_is_an_error():
    with pytest.raises(FileNotFoundError, match=r"no_such_list\.csv"):
        codelists.codes("no_such_list")
