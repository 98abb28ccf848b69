"""The command that measures: what it prints and writes, and when it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pledgebook.evaluation import __main__ as evaluate
from pledgebook.evaluation import quality
from pledgebook.extraction import EXTRACTOR

WHOLE = {"documents", "items", "figures", "intervals", "effective_documents"}


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


def test_what_is_recorded_of_a_set_of_documents(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Norland and the United States agreed to open a school. They will build a dam."
    place = {"doc": "a", "url": "https://www.norland.example/a", "title": "Readout of a call", "date": "2024-05-06"}
    (tmp_path / "invented.jsonl").write_text(json.dumps({**place, "text": text, "items": []}), encoding="utf-8")
    with pytest.raises(SystemExit):
        run(
            monkeypatch,
            *("--plots", str(tmp_path), "--documents", str(tmp_path / "none"), str(tmp_path / "invented.jsonl")),
        )
    assert "invented was not read from a release" in capsys.readouterr().out
    sets = json.loads(record.read_text("utf-8"))["sets"]
    assert set(sets["checkset"]) == WHOLE
    assert set(sets["invented"]) == WHOLE | {"by_issuer", "by_document_type"}
    assert sets["invented"]["effective_documents"] == 0.0
    assert sets["invented"]["by_document_type"] == {"readout": {"documents": 1, "items": 0, "figures": {}}}


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


def test_the_record_in_the_project_has_what_the_data_card_tells() -> None:
    sets = quality.measured_quality()["sets"]
    parts = {"by_issuer", "by_document_type", "end_to_end"}
    assert set(sets["checkset"]) == WHOLE
    assert set(sets["others"]) == WHOLE | parts
    assert set(sets["dev"]) == WHOLE | parts | {"agreement"}
    for measured in sets.values():
        for figure in ("sentence_f1", "item_f1", "right_f1"):
            low, high = measured["intervals"][figure]
            assert low <= measured["figures"][figure] <= high
        for part in ("by_issuer", "by_document_type"):
            groups = measured.get(part, {}).values()
            for count in ("documents", "items"):
                assert sum(group[count] for group in groups) == (measured[count] if groups else 0)
    assert (sets["dev"]["agreement"]["item_f1"], sets["dev"]["end_to_end"]["documents"]) == (0.93, 80)
