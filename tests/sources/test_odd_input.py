"""Odd files beside a good one: each is told of, or read as far as it goes, and the good one is loaded all the same."""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pledgebook.readouts import parse_readouts
from pledgebook.sources import capture_index
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LATER = datetime(2026, 11, 2, tzinfo=UTC)
BODY = "Norway will send two ships to the strait.\n"


def page(**fields: str) -> str:
    head = "".join(f"{name}: '{value}'\n" for name, value in ({"title": "Call", "issuer": "USA"} | fields).items())
    return f"---\n{head}---\n{BODY}"


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2021-06-08", "published_time": "0001-01-01T00:00:00+10:00"},
        {"date": "2021-06-08", "modified_time": "9999-12-31T23:59:59-10:00"},
        {"date": "2021-06-08", "retrieved_at": "9999-12-31T00:00:00+00:00"},
    ],
)
def test_moments_at_the_ends_of_the_calendar_stop_nothing(tmp_path: Path, fields: dict[str, str]) -> None:
    (tmp_path / "odd.md").write_text(page(**fields), "utf-8")
    (tmp_path / "good.md").write_text(page(date="2021-06-09"), "utf-8")
    store = CaptureStore(tmp_path / "raw")
    readouts, _, _ = parse_readouts(
        load_documents([tmp_path / "odd.md", tmp_path / "good.md"], store, NOW).captures, store
    )
    assert readouts.height == 2


def test_names_and_fields_that_are_no_utf_8_are_read_with_question_marks(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.md"))).write_text(page(date="2021-06-08"), "utf-8")
    line = {"title": "Call", "date": "2021-06-09", "issuer": "USA", "publisher": "press \ud800 office", "text": BODY}
    (folder / "lines.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    store = CaptureStore(tmp_path / "raw")
    loaded = load_documents([folder], store, NOW)
    assert [capture.name for capture in loaded.captures] == ["caf?.md", "lines.jsonl#1"]
    assert "press ? office" in parse_readouts(loaded.captures, store)[0]["publisher"].to_list()


def test_a_list_with_an_endless_cell_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "index.csv").write_text(f"file,url\ngood.md,{'x' * 200_000}\n", "utf-8")
    (tmp_path / "good.md").write_text(page(date="2021-06-08"), "utf-8")
    loaded = load_documents([tmp_path / "good.md"], CaptureStore(tmp_path / "raw"), NOW)
    assert len(loaded.captures) == 1


def test_a_file_renamed_as_the_message_advises_is_read(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path / "raw")
    undated = tmp_path / "call.txt"
    undated.write_text("The President spoke with the Prime Minister of Norway. " + BODY, "utf-8")
    _, aside, _ = parse_readouts(load_documents([undated], store, NOW).captures, store)
    assert aside["check"].to_list() == ["no_date"] and "call.txt" in aside["reason"][0]
    undated.rename(dated := tmp_path / "2021-06-08-call.txt")
    load_documents([dated], store, LATER)
    readouts, _, _ = parse_readouts(store.newest(), store)
    assert readouts["date_basis"].to_list() == ["file_name"]


def test_what_cannot_be_read_is_named_by_file_and_address(tmp_path: Path) -> None:
    (tmp_path / "call.md").write_text(page(source_url="https://www.whitehouse.gov/call/"), "utf-8")
    store = CaptureStore(tmp_path / "raw")
    _, aside, _ = parse_readouts(load_documents([tmp_path / "call.md"], store, NOW).captures, store)
    assert "call.md" in aside["reason"][0] and "https://www.whitehouse.gov/call/" in aside["reason"][0]


@pytest.mark.parametrize("left", [b"", b"this is no database, and long enough to be taken for none " * 40])
def test_a_broken_or_half_made_index_is_made_again_from_the_archive(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "call.md").write_text(page(date="2021-06-08"), "utf-8")
    store = CaptureStore(tmp_path / "raw")
    load_documents([tmp_path / "call.md"], store, NOW)
    store.close()
    index = tmp_path / "raw" / "index.sqlite"
    if left:
        index.write_bytes(left)
    else:
        index.rename(index.with_name(".index.sqlite.new"))
    assert [capture.name for capture in CaptureStore(tmp_path / "raw").captures()] == ["call.md"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    for number in range(100):
        (tmp_path / f"{number}.md").write_text(page(date="2021-06-08", title=f"Call {number}"), "utf-8")
    store = CaptureStore(tmp_path / "raw")
    load_documents([tmp_path / "*.md"], store, NOW)
    store.close()
    return tmp_path / "raw"


@pytest.mark.parametrize("whole", [0, 8192])
def test_an_index_that_is_empty_or_damaged_inside_is_made_again(archive: Path, whole: int) -> None:
    index = archive / "index.sqlite"
    size = index.stat().st_size
    index.write_bytes(index.read_bytes()[:whole] + b"\0damaged" * (whole and (size - whole) // 8))
    assert len(CaptureStore(archive).captures()) == 100


def test_an_index_that_another_run_holds_is_left_alone(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture_index, "_PATIENCE", 0)
    before = (archive / "index.sqlite").stat().st_ino
    other = sqlite3.connect(archive / "index.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        CaptureStore(archive).captures()
    other.close()
    assert (archive / "index.sqlite").stat().st_ino == before
    assert len(CaptureStore(archive).captures()) == 100


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_every_line_of_json_is_read_in_the_encoding_of_its_file(tmp_path: Path, encoding: str) -> None:
    records = [{"date": "2021-06-08", "issuer": "USA", "title": f"Räume {number}", "text": BODY} for number in range(3)]
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (tmp_path / "calls.jsonl").write_bytes(lines.encode(encoding))
    store = CaptureStore(tmp_path / "raw")
    loaded = load_documents([tmp_path / "calls.jsonl"], store, NOW)
    assert loaded.skipped.is_empty()
    assert set(parse_readouts(loaded.captures[:1], store)[0]["title"]) == {"Räume 0"}
    assert [capture.name for capture in loaded.captures] == ["calls.jsonl#1", "calls.jsonl#2", "calls.jsonl#3"]


def test_a_file_of_json_lines_that_holds_only_its_mark_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "calls.jsonl").write_bytes("".encode("utf-16"))
    loaded = load_documents([tmp_path / "calls.jsonl"], CaptureStore(tmp_path / "raw"), NOW)
    assert loaded.skipped.select("row_id", "check").rows() == [("calls.jsonl", "empty")]


def test_a_renamed_file_is_read_although_it_states_when_it_was_retrieved(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path / "raw")
    undated = tmp_path / "call.md"
    undated.write_text(page(retrieved_at="2026-10-01T00:00:00+00:00"), "utf-8")
    load_documents([undated], store, NOW)
    undated.rename(dated := tmp_path / "2021-06-08-call.md")
    load_documents([dated], store, LATER)
    readouts, _, _ = parse_readouts(store.newest(), store)
    assert readouts["date_basis"].to_list() == ["file_name"]
