"""The files of a version: what they say of themselves, in every format, byte by byte the same."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest

from pledgebook.releases.errors import UnknownVersion
from schemas import TABLES, arrow_schema, codelists, csv_header

TEXT = 'The United States will provide $5 million to Ukraine. He said it "will open, soon, an office" in Mexico.'


@pytest.fixture
def folder(publish, document, run):
    return publish(run(document("a", TEXT), document("b", "The United States will send engineers."))).folder


def test_every_parquet_file_says_what_it_is(folder):
    for name in TABLES:
        metadata = pq.read_schema(folder / f"{name}.parquet").metadata
        said = {key.decode(): value.decode() for key, value in metadata.items()}
        assert (said["table"], said["version"], said["schema"], said["codebook"]) == (name, "1.0.0", "1.0", "1.2")
        assert "CC-BY-4.0" in said["licence"] and said["extractor"] and len(said["code"]) == 64
        assert json.loads(said["columns"]).keys() == set(csv_header(name))


def test_pyarrow_reads_types_and_descriptions(folder):
    for name in TABLES:
        schema = pq.read_schema(folder / f"{name}.parquet")
        assert schema.equals(arrow_schema(name))
        assert all(field.metadata[b"description"] for field in schema)


def test_parquet_is_laid_out_for_remote_reading(folder):
    group = pq.ParquetFile(folder / "commitments.parquet").metadata.row_group(0)
    quote = group.column(csv_header("commitments").index("date"))
    assert (quote.compression, quote.is_stats_set, quote.has_offset_index) == ("ZSTD", True, True)


def test_csv_holds_what_parquet_holds(folder):
    rows = pl.read_parquet(folder / "commitments.parquet")
    with (folder / "csv" / "commitments.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["quote"] for line in lines] == rows["quote"].to_list()
    assert [json.loads(line["actors"]) for line in lines] == rows["actors"].to_list()
    assert [line["amount"] for line in lines] == [str(value or "") for value in rows["amount"]]
    for name in TABLES:
        header = (folder / "csv" / f"{name}.csv").read_bytes().split(b"\r\n")[0]
        assert header.decode().split(",") == csv_header(name)


def test_the_sums_are_those_that_sha256sum_checks(folder):
    checked = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=True)
    listed = {line.split(": ")[0] for line in checked.stdout.decode().splitlines()}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert listed == present - {"SHA256SUMS"}


def test_the_documents_stand_beside_the_tables(folder):
    assert "| `amount` | decimal(20, 2) | yes |" in (folder / "dictionary.md").read_text("utf-8")
    assert "| documents | 2 |" in (folder / "README.md").read_text("utf-8")
    assert json.loads((folder / "quality.json").read_text("utf-8"))["status"] == "not measured"
    assert len(list((folder / "codelists").iterdir())) == len(codelists.files())
    assert (folder / "sample.csv").read_text("utf-8").count("\n") == 4


def measurement(extractor):
    figures = {"sentence_f1": 0.8, "item_f1": 0.7, "right_f1": 0.4}
    return {"extractor": extractor, "sets": {"dev": {"documents": 80, "items": 290, "figures": figures}}}


def test_a_measurement_counts_for_its_own_extractor_only(publish, document, run):
    first = publish(run(document("a", TEXT)), quality=measurement("finder 1")).folder
    assert json.loads((first / "quality.json").read_text("utf-8"))["sets"]["dev"]["figures"]["item_f1"] == 0.7
    assert "dev (80 documents): sentence F1 0.80, quote F1 0.70" in (first / "README.md").read_text("utf-8")
    second = publish(run(document("b", "It will do so.")), quality=measurement("finder 0")).folder
    assert json.loads((second / "quality.json").read_text("utf-8"))["status"] == "not measured"
    assert "| measured | not measured |" in (second / "README.md").read_text("utf-8")


def test_only_what_the_index_lists_can_be_read(publish, folder):
    assert publish.table("readouts").height == publish.table("readouts", "1.0.0").height == 2
    (publish.place / "v9.9.9").mkdir()
    with pytest.raises(UnknownVersion, match=r"no version '9.9.9'; it lists: 1.0.0"):
        publish.table("readouts", "9.9.9")


def test_the_bytes_are_the_same_in_another_folder_zone_and_language(tmp_path):
    script = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from conftest import Publisher, Run, readout
documents = [readout("b", "The United States will send engineers."), readout("a", {TEXT!r})]
Publisher(Path(sys.argv[1]))(Run(*(documents[::-1] if sys.argv[2:] else documents)))
"""
    here = {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "1", "POLARS_MAX_THREADS": "2"}
    there = {"LANG": "C", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "POLARS_MAX_THREADS": "1"}
    root = Path(__file__).parents[2]
    for arguments, surroundings in ((["here"], here), (["there", "backwards"], there)):
        command = [sys.executable, "-c", script, str(tmp_path / arguments[0]), *arguments[1:]]
        subprocess.run(command, cwd=root, env=os.environ | surroundings, check=True)
    for name in ("index.json", "latest.json", "CHANGELOG.md", "v1.0.0/SHA256SUMS"):
        first, second = (tmp_path / folder / "processed" / name for folder in ("here", "there"))
        assert first.read_bytes() == second.read_bytes()
