"""The files of a version: what they say of themselves, in every format, byte by byte the same."""

from __future__ import annotations

import json
import subprocess

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
