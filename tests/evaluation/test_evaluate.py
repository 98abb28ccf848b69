"""The command that measures: what it prints and writes, and when it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pledgebook.evaluation import __main__ as evaluate
from pledgebook.evaluation import quality
from pledgebook.extraction import EXTRACTOR


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "quality.json"
    monkeypatch.setattr(evaluate, "write_record", lambda found: quality.write_record(found, path))
    return path


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr("sys.argv", ["evaluate", *words])
    evaluate.main()


def test_it_writes_figures_and_plots(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(monkeypatch, "--plots", str(tmp_path / "plots"), str(tmp_path / "absent.jsonl"))
    assert ended.value.code is None
    printed = capsys.readouterr().out
    assert "absent.jsonl is not there and was not scored" in printed
    assert "item_f1" in printed
    written = json.loads(record.read_text("utf-8"))
    assert written["extractor"] == EXTRACTOR
    assert written["sets"]["checkset"]["documents"] == 200
    plots = sorted(path.name for path in (tmp_path / "plots").iterdir())
    assert plots == ["checkset-calibration.svg", "checkset-precision-recall.svg"]
    assert all("<svg" in (tmp_path / "plots" / name).read_text("utf-8") for name in plots)


def test_it_fails_when_a_figure_has_dropped(record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[checkset]\nitem_f1 = 0.999\ncalibration_error = 0.0001\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"item_f1 is 0\.\d+, but was 0\.999\n.*calibration_error is"):
        run(monkeypatch, "--plots", str(tmp_path), "--floors", str(floors))


def test_sets_that_were_not_scored_stay_while_the_extractor_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "quality.json"
    quality.write_record({"extractor": "one", "sets": {"dev": {}}}, path)
    quality.write_record({"extractor": "one", "sets": {"checkset": {}}}, path)
    assert set(quality.measured_quality(path)["sets"]) == {"checkset", "dev"}
    quality.write_record({"extractor": "two", "sets": {"checkset": {}}}, path)
    assert set(quality.measured_quality(path)["sets"]) == {"checkset"}


def test_the_record_in_the_project_is_of_this_extractor() -> None:
    assert quality.measured_quality()["extractor"] == EXTRACTOR
