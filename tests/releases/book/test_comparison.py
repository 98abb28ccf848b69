"""Any two versions compared; what cannot be compared never counts as same."""

from __future__ import annotations

import json
import shutil
import sys

import polars as pl
import pytest

from pledgebook.command_line import main
from pledgebook.releases.book.comparison import compare_versions
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.withdraw import withdraw_version

ONE, TWO = "The United States will provide $5 million to Ukraine.", "The United States will send engineers to the dam."


@pytest.fixture
def three(publish, document, run):
    """Three versions: a row comes; its act is read otherwise."""
    publish(run(document("a", ONE)))
    publish(run(document("a", ONE), document("b", TWO)))
    publish(run(document("a", ONE), document("b", TWO), act="cooperate", extractor="finder 2"))
    return publish


@pytest.fixture
def diff(three, capsys, monkeypatch):
    """The command: exit code, output, errors."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["pledgebook", "diff", *arguments, "--releases", str(three.place)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return call


def test_a_version_is_the_same_as_itself(diff):
    assert diff("1.1.0", "1.1.0") == (0, "1.1.0 and 1.1.0 are the same.\n", "")


def test_rows_and_values_that_differ_are_told_with_their_cause(diff):
    code, said, _ = diff("1.1.0", "latest")
    assert code == 1
    assert "  commitments: 2 changed, column act (extractor)" in said
    assert 'act: "provide" -> "cooperate" (extractor)' in said


def test_versions_that_do_not_follow_each_other(diff):
    code, said, _ = diff("1.0.0", "1.1.1")
    assert code == 1
    assert "  commitments: 1 added (source)" in said and "  commitments: 1 changed, column act (extractor)" in said
    assert "  captures: 1 added" in said


def test_rows_that_came_or_left_are_told_by_their_words(diff, three):
    row = three.ids()["will send engineers to the dam"]
    _, said, _ = diff("1.0.0", "1.1.0")
    assert f"added    {row} 2021-06-08 USA “will send engineers to the dam” (source)" in said
    assert "“Meeting b” (source)" in said
    _, said, _ = diff("1.1.0", "1.0.0")
    assert f"removed  {row} 2021-06-08 USA “will send engineers to the dam”" in said


def test_a_long_quote_is_cut(publish, document, run, diff):
    publish(run(document("c", f"He will {'build and ' * 20}rest.")))
    assert f"“will {'build and ' * 7}build…” (source)" in diff("1.1.0", "latest")[1]


def test_a_withdrawn_version_is_told_on_standard_error(diff, three):
    withdraw_version(three.place, "1.1.0", "made by mistake")
    code, said, error = diff("1.0.0", "1.1.0", "--json")
    assert code == 1 and error == "pledgebook: version 1.1.0 was withdrawn: made by mistake\n"
    assert json.loads(said)["new"] == "1.1.0"


def test_backwards_what_came_is_removed(diff):
    code, said, _ = diff("1.1.0", "1.0.0")
    assert code == 1 and "commitments: 1 removed" in said and "captures: 1 removed" in said


def test_json_holds_every_difference_as_values(diff):
    code, said, _ = diff("1.1.0", "1.1.1", "--json")
    told = json.loads(said)
    assert code == 1 and (told["old"], told["new"], told["same"]) == ("1.1.0", "1.1.1", False)
    values = {(row["column"], row["old"], row["new"], row["cause"]) for row in told["changes"]}
    assert values == {("act", "provide", "cooperate", "extractor")}


@pytest.mark.parametrize("name", ["readouts.parquet", "SHA256SUMS"])
def test_a_file_that_is_not_whole_is_named_and_the_exit_code_is_2(diff, three, name):
    (three.place / "v1.0.0" / name).write_bytes(b"torn")
    code, said, error = diff("1.0.0", "1.1.0")
    assert (code, said) == (2, "") and f"v1.0.0/{name} is not as it was published" in error


def test_an_unknown_version_is_no_comparison(diff):
    code, said, error = diff("1.0.0", "7.0.0")
    assert (code, said) == (2, "") and "lists no version '7.0.0'; it lists: 1.0.0, 1.1.0, 1.1.1" in error


def test_a_table_that_is_missing_is_no_comparison(three):
    (three.place / "v1.0.0" / "coverage.parquet").unlink()
    with pytest.raises(ReleaseError, match=r"coverage.parquet is not as it was published"):
        compare_versions(three.place, "1.0.0", "1.1.0")


def test_tables_beside_the_book_are_compared_as_well(publish, document, run):
    publish(run(document("a", ONE)))
    rows = publish.table("quarantine")
    publish(run(document("a", ONE), document("b", TWO)))
    publish.rewrite(
        "1.1.0",
        "quarantine",
        lambda _: rows.vstack(rows.clear(1).with_columns(reason=pl.lit("lost"), table=pl.lit("x"))),
    )
    told = compare_versions(publish.place, "1.0.0", "1.1.0").beside.filter(table="quarantine")
    assert told["change"].to_list() == ["added"] and '"reason": "lost"' in told["row"][0]


def test_a_withdrawn_version_between_that_is_damaged_hinders_nobody(publish, document, run):
    publish(run(document("a", ONE)))
    publish(run(document("a", ONE), document("b", TWO)))
    withdraw_version(publish.place, "1.1.0", "made by mistake")
    shutil.rmtree(publish.place / "v1.1.0")
    publish(run(document("a", ONE), document("c", "The United States will plant trees.")))
    told = compare_versions(publish.place, "1.0.0", "1.2.0").changes
    assert set(told["cause"]) == {"source"}


def test_a_column_that_comes_in_a_table_beside_makes_a_version_too(publish, document, run):
    publish(run(document("a", ONE)))
    publish.rewrite("1.0.0", "captures", lambda rows: rows.drop("sha256"))
    assert publish(run(document("a", ONE))).version == "1.1.0"
    told = compare_versions(publish.place, "1.0.0", "1.1.0").changes
    assert told.select("table", "row_id", "change", "column", "cause").rows() == [
        ("captures", "*", "added", "sha256", "schema")
    ]
