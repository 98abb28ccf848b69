"""What somebody who makes a synthetic corpus sees of it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pledgebook.readouts import parse_readouts
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore

ROOT = Path(__file__).parents[2]
IN_A_FILE = 10_000


def make(folder: Path, documents: int, seed: int = 7) -> list[bytes]:
    """The lines that the command writes, file after file."""
    command = [sys.executable, "-m", "benchmarks.synthetic", "--documents", str(documents), "--seed", str(seed)]
    subprocess.run([*command, "--to", str(folder)], cwd=ROOT, check=True)
    return [line for path in sorted(folder.iterdir()) for line in path.read_bytes().splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("corpus")


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[bytes]:
    return make(folder, IN_A_FILE + 300)


def test_a_file_holds_ten_thousand_documents(folder: Path, lines: list[bytes]) -> None:
    counts = [len(path.read_bytes().splitlines()) for path in sorted(folder.iterdir())]
    assert counts == [IN_A_FILE, 300]


def test_documents_do_not_depend_on_how_many_are_made(tmp_path: Path, lines: list[bytes]) -> None:
    assert make(tmp_path, 200) == lines[:200]


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    first, again, other = (make(tmp_path / name, 50, seed) for name, seed in (("a", 7), ("b", 7), ("c", 8)))
    assert first == again
    assert not set(first) & set(other)


def test_no_two_documents_share_a_text_or_an_address(lines: list[bytes]) -> None:
    documents = [json.loads(line) for line in lines]
    for field in ("text", "url"):
        assert len({document[field] for document in documents}) == len(documents)


def test_dozens_of_issuers_speak_over_several_years(lines: list[bytes]) -> None:
    documents = [json.loads(line) for line in lines]
    assert len({document["issuer"] for document in documents}) >= 24
    assert len({document["date"][:4] for document in documents}) >= 5


def test_every_document_loads_and_parses(tmp_path: Path) -> None:
    make(tmp_path / "corpus", 300)
    store = CaptureStore(tmp_path / "raw")
    loaded = load_documents([tmp_path / "corpus"], store, datetime.now(UTC))
    parsed = parse_readouts(store.newest(), store)
    assert loaded.skipped.is_empty() and parsed.quarantine.is_empty()
    assert parsed.readouts["text_sha256"].n_unique() == 300
