"""Tables of a version, from wherever it lies."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from publishing import Publisher, Run, readout
from range_server import Account, serving

import pledgebook as pb
from pledgebook.releases.errors import ReleaseError, UnknownVersion
from pledgebook.releases.places.published import read_table
from pledgebook.releases.withdraw import withdraw_version
from schemas import TABLES


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_the_published_one_but_for_samples(book: Path, table: str) -> None:
    published = read_table(book, table, "1.1.0")
    assert_frame_equal(pb.load(table, "1.1.0", samples=True, releases=book), published)
    assert_frame_equal(pb.scan(table, samples=True, releases=book).collect(), published)


@pytest.mark.parametrize("table", ["readouts", "commitments"])
def test_samples_are_left_out_unless_asked_for(book: Path, table: str) -> None:
    assert pb.load(table, samples=True, releases=book).height == pb.load(table, releases=book).height + 1
    assert pb.scan(table, releases=book).collect().height == pb.load(table, releases=book).height


def test_a_demonstration_consists_of_samples_and_says_so(tmp_path: Path) -> None:
    publish = Publisher(tmp_path)
    publish(Run(readout("s", "The US will lend a boat.", text_origin="summary")))
    with pytest.warns(UserWarning, match=r"Version 0\.1\.0 is a demonstration"):
        assert pb.load(releases=publish.place)["quote"].to_list() == ["will lend a boat"]


def test_signs_of_a_pattern_in_the_name_of_a_folder_are_a_name(book: Path, tmp_path: Path) -> None:
    for name in ("o?e", "one", "a[1]"):
        shutil.copytree(book, tmp_path / name)
    assert pb.load(releases=tmp_path / "o?e").height == pb.scan(releases=tmp_path / "a[1]").collect().height == 4


def test_where_chooses_rows_and_the_newest_version_is_the_default(book: Path) -> None:
    rows = pb.load(where=pl.col("quote").str.contains("men"), releases=book)
    assert rows["quote"].to_list() == ["will send two men"]
    assert pb.load(where=pl.col("quote").str.contains("men"), version="1.0.0", releases=book)["quote"].to_list() == [
        "will send men"
    ]


def test_the_environment_names_the_place(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGEBOOK_RELEASES", str(book))
    assert pb.versions()["version"].to_list() == ["1.0.0", "1.1.0"]


def test_pandas_gets_the_same_rows(book: Path) -> None:
    frame = pb.load(releases=book).to_pandas()
    assert list(frame["quote"]) == pb.load(releases=book)["quote"].to_list()


def test_a_withdrawn_version_is_read_with_a_warning(own_book: Path) -> None:
    withdraw_version(own_book, "1.1.0", "the wrong source was read")
    with pytest.warns(UserWarning, match="the wrong source was read"):
        assert pb.load("readouts", "1.1.0", releases=own_book).height == 3
    assert pb.load("readouts", releases=own_book).height == 2
    assert pb.versions(releases=own_book)["withdrawn"].to_list() == [None, "the wrong source was read"]


def test_what_is_not_there_is_said_with_what_is(book: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownVersion, match=r"'2\.0\.0'; it lists: 1\.0\.0, 1\.1\.0"):
        pb.load(version="2.0.0", releases=book)
    with pytest.raises(ReleaseError, match=r"no promises; it has captures, changes, commitments"):
        pb.load("promises", releases=book)
    with pytest.raises(ReleaseError, match=r"no countries; it has .*actors"):
        pb.codelist("countries", releases=book)
    with pytest.raises(ReleaseError, match=r"holds no version. Make one with `make run`"):
        pb.load(releases=tmp_path)


def test_a_file_that_went_is_named(own_book: Path, cache: Path) -> None:
    (own_book / "v1.1.0" / "captures.parquet").unlink()
    with serving(own_book) as site:
        for place in (str(own_book), site.address):
            with pytest.raises(ReleaseError, match=r"v1\.1\.0/captures\.parquet is missing"):
                pb.load("captures", releases=place)


def test_code_lists_are_those_of_the_version(book: Path) -> None:
    assert pb.codelist("acts", releases=book).columns[:2] == ["code", "name"]


@pytest.mark.parametrize("table", ["commitments", "readouts"])
def test_an_object_store_gives_the_same(bucket: str, book: Path, cache: Path, table: str) -> None:
    assert_frame_equal(pb.scan(table, releases=bucket).collect(), pb.load(table, releases=book))
    assert_frame_equal(pb.load(table, releases=bucket), pb.load(table, releases=book))


def test_a_scan_from_a_web_server_downloads_no_table(site: Account, book: Path, cache: Path) -> None:
    lazy = pb.scan(releases=site.address).filter(pl.col("quote").str.contains("men")).select("quote")
    assert lazy.collect()["quote"].to_list() == ["will send two men"]
    assert {request.range is not None for request in site.requests if request.name.endswith(".parquet")} == {True}
    assert not cache.exists()


def test_importing_loads_nothing_of_the_pipeline(tmp_path: Path) -> None:
    program = "import sys, pledgebook; print([name for name in sys.argv[1:] if name in sys.modules])"
    heavy = [
        "prefect",
        "pandera",
        "pandas",
        "schemas",
        "pledgebook.extraction",
        "pledgebook.sources",
        "obstore",
        "httpx",
    ]
    done = subprocess.run([sys.executable, "-c", program, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
