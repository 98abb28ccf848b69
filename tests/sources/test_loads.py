"""What was loaded before need not be read again, and what comes of a load is the same as if it were."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pledgebook.sources import Capture, CaptureStore, load_documents
from pledgebook.sources.loading import Origin

from .conftest import NOW

PAGE = "---\ntitle: A call\ndate: 2021-06-{:02}\nsource_url: https://example.org/{}/\n---\nNorland will help {}.\n"
SOURCE = 'name = "norland"\ntitle = "Norland"\nhosts = ["example.org"]\n'


def written(folder: Path, **pages: str) -> Path:
    for name, content in pages.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("cp1252"))
    return folder


def loads(store: CaptureStore, steps: list[Path], reader: str | None) -> list[tuple[list[Capture], list[object]]]:
    """What comes of each of several loads, a day apart; where in its file a record begins differs by chance."""
    told = []
    for day, folder in enumerate(steps):
        loaded = load_documents(sorted(folder.iterdir()), store, NOW + timedelta(days=day), reader=reader)
        told.append(([replace(capture, offset=0) for capture in loaded.captures], loaded.skipped.rows()))
    return told


def test_a_load_of_what_is_known_comes_to_what_a_first_reading_would(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = PAGE.format(8, "a", "Estavia"), PAGE.format(8, "a", "Sudland")
    common = {
        "in__lines_jsonl": '{"text": "One"}\n{"text": 2}\n',
        "in__broken_md": "---\ntitle: [\n---\nText\n",
        "in__old_txt": "Text of the caf\u00e9",
        "in__stated_md": "---\nretrieved_at: 2026-12-31T00:00:00Z\n---\nText\n",
    }
    steps = [
        written(tmp_path / "first", in__a_md=first, **common),
        written(tmp_path / "renamed", in__b_md=first, **common),
        written(tmp_path / "twice", in__a_md=first, in__b_md=first, **common),
        written(tmp_path / "edited", in__a_md=second, **common),
        written(tmp_path / "one of two edited", in__a_md=first.replace("Estavia", "Westland"), other__a_md=second),
        written(tmp_path / "as at first", in__a_md=first, **common),
        written(tmp_path / "listed", in__a_md=first, in__index_csv="file,url,title\na.md,,A list's title\n"),
        written(tmp_path / "as at first again", in__a_md=first, **common),
    ]
    known = loads(CaptureStore(tmp_path / "known"), steps, "reader")
    notes = [record.getMessage() for record in caplog.records]
    caplog.clear()
    assert known == loads(CaptureStore(tmp_path / "read"), steps, None)
    assert notes == [record.getMessage() for record in caplog.records]
    assert len(notes) == 6


def test_other_code_and_another_source_read_what_is_known_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: CaptureStore
) -> None:
    folder = written(tmp_path / "in", a_md=PAGE.format(8, "a", "Estavia"))

    def source_of_load(reader: str, origin: Origin | None = None) -> str:
        (capture,) = load_documents([folder], store, NOW, origin=origin, reader=reader).captures
        return capture.source

    assert source_of_load("reader") == "folder"
    assert source_of_load("reader", Origin("kremlin")) == "kremlin"
    monkeypatch.setenv("PLEDGEBOOK_SOURCES", str(written(tmp_path / "own", norland_toml=SOURCE)))
    assert source_of_load("reader") == "folder", "what is known was read again"
    assert source_of_load("reader and source") == "norland"


def test_an_index_made_again_has_everything_read_once_more(tmp_path: Path, store: CaptureStore) -> None:
    folder = written(tmp_path / "in", a_md=PAGE.format(8, "a", "Estavia"))
    first = load_documents([folder], store, NOW, reader="reader")
    store.close()
    (store.raw / "index.sqlite").unlink()
    assert load_documents([folder], store, NOW + timedelta(days=1), reader="reader").captures == first.captures
