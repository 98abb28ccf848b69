"""The flow `build`: without a server of one's own, with the figures of the run as an artifact."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

from flows.build import build

ROOT = Path(__file__).parents[1]


@pytest.fixture
def raw(tmp_path: Path) -> str:
    shutil.copytree(ROOT / "data" / "raw" / "samples", tmp_path / "raw" / "samples")
    return str(tmp_path / "raw")


def artifact_text() -> str:
    with get_client(sync_client=True) as client:
        wanted = ArtifactFilter(key=ArtifactFilterKey(any_=["build"]))
        artifacts = client.read_artifacts(artifact_filter=wanted, limit=200)
    return str(max(artifacts, key=lambda artifact: artifact.created or 0).data)  # type: ignore[arg-type, return-value]


def test_a_run_tells_its_figures_in_an_artifact(prefect_server: None, raw: str, tmp_path: Path) -> None:
    report = build(raw=raw, releases=str(tmp_path / "releases"))
    text = artifact_text()
    assert report.outcome.version == "0.1.0"
    assert "| documents read | 24 |" in text
    assert f"| commitments in the book | {report.outcome.figures['commitments']} |" in text
    assert "0.1.0" in text


def test_a_partial_run_keeps_every_row_that_it_did_not_read(prefect_server: None, raw: str, tmp_path: Path) -> None:
    releases = str(tmp_path / "releases")
    whole = build(raw=raw, releases=releases)
    for about in ({"since": date(2024, 1, 1)}, {"limit": 2}, {"until": date(2021, 12, 31)}):
        partial = build(raw=raw, releases=releases, **about)
        assert partial.chosen < whole.chosen
        assert partial.outcome.version is None
        assert partial.outcome.figures["commitments"] == whole.outcome.figures["commitments"]


def test_a_partial_run_first_and_the_rest_later_make_the_same_rows(
    prefect_server: None, raw: str, tmp_path: Path
) -> None:
    parts, whole = tmp_path / "parts", tmp_path / "whole"
    build(raw=raw, releases=str(parts), until=date(2022, 12, 31))
    build(raw=raw, releases=str(parts))
    build(raw=raw, releases=str(whole))
    assert not list((parts / ".work").iterdir())
    columns = ["commitment_id", "quote", "actors", "recipients", "topic", "amount", "amount_summable"]
    late = pl.read_parquet(parts / "v0.2.0" / "commitments.parquet", columns=columns)
    once = pl.read_parquet(whole / "v0.1.0" / "commitments.parquet", columns=columns)
    assert late.sort("commitment_id").equals(once.sort("commitment_id"))


def test_a_dry_run_writes_no_release(prefect_server: None, raw: str, tmp_path: Path) -> None:
    report = build(raw=raw, releases=str(tmp_path / "releases"), dry_run=True)
    assert report.outcome.version == "0.1.0"
    assert not (tmp_path / "releases" / "index.json").exists()


def test_documents_given_are_those_read_and_those_skipped(prefect_server: None, tmp_path: Path) -> None:
    lines = [
        '{"title": "Call", "date": "2021-06-08", "issuer": "USA", "text": "Norway will send ships."}',
        '{"title": "x"}',
    ]
    for folder in ("one", "other"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "blank.md").write_text("", "utf-8")
    (tmp_path / "one" / "calls.jsonl").write_text("\n".join([*lines, "no JSON"]) + "\n", "utf-8")
    places = {"releases": str(tmp_path / "processed"), "raw": str(tmp_path / "raw")}
    report = build(input=[str(tmp_path / "one"), str(tmp_path / "other")], **places)
    assert (report.given, report.read) == (5, 1)
    assert report.figures()["documents skipped"] == 4


def test_statements_without_a_licence_are_counted(prefect_server: None, tmp_path: Path) -> None:
    head = "---\ntitle: Call {}\ndate: 2021-06-08\nissuer: USA\n{}---\nNorway will send {} ships.\n"
    for number, licence in enumerate(["", "licence: CC0-1.0\n", ""]):
        (tmp_path / f"{number}.md").write_text(head.format(number, licence, number), "utf-8")
    places = {"releases": str(tmp_path / "processed"), "raw": str(tmp_path / "raw")}
    (line,) = [line for line in build(input=[str(tmp_path)], **places).lines() if "licence" in line]
    assert line.startswith("2 statements state no licence") and "add `licence: CODE` to the front matter" in line
    (tmp_path / "3.md").write_text(head.format(3, "", 3), "utf-8")
    (line,) = [line for line in build(input=[str(tmp_path / "3.md")], **places).lines() if "licence" in line]
    assert line.startswith("1 statement states no licence")
    assert not any("licence" in line for line in build(input=[str(tmp_path / "1.md")], **places).lines())


def test_what_the_checks_set_aside_is_told_row_by_row(prefect_server: None, tmp_path: Path) -> None:
    head = "---\ntitle: Call {}\ndate: 2021-06-08\nissuer: USA\nlicence: MINE\n---\nRain fell {} times.\n"
    for number in range(23):
        (tmp_path / f"{number}.md").write_text(head.format(number, number), "utf-8")
    (tmp_path / "good.md").write_text(head.format("good", 99).replace("MINE", "CC0-1.0"), "utf-8")
    places = {"releases": str(tmp_path / "processed"), "raw": str(tmp_path / "raw")}
    refused = build(input=[str(tmp_path)], **places)
    told = [line for line in refused.lines() if line.startswith("set aside: ")]
    assert refused.outcome.version is None and len(told) == 21
    assert told[0].startswith("set aside: readouts r-")
    assert told[0].endswith(": licence: its value is not in the code list licences.csv")
    assert told[-1] == "set aside: 3 more"
    published = build(input=[str(tmp_path)], **places, accept="the codes are invented")
    assert "set aside: 3 more; all stand in the table quarantine" in published.lines()


def test_a_closed_gate_is_told_and_a_reason_opens_it(prefect_server: None, tmp_path: Path) -> None:
    line = '{"title": "Call", "date": "2021-06-08", "issuer": "USA", "text": "Norway will send ships."}\n'
    (tmp_path / "calls.jsonl").write_text(line + "no JSON\n", "utf-8")
    places = {"releases": str(tmp_path / "processed"), "raw": str(tmp_path / "raw")}
    refused = build(input=[str(tmp_path / "calls.jsonl")], **places)
    assert refused.outcome.version is None and refused.figures()["version"] == "none"
    assert "50.0% of the documents stand in quarantine" in artifact_text()
    assert build(raw=places["raw"], releases=places["releases"]).outcome.version == "1.0.0"
    assert build(input=[str(tmp_path / "calls.jsonl")], **places, accept="one line was cut").outcome.version is None
