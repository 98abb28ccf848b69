"""A store and a clock for the tests of loading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pledgebook.sources import CaptureStore, Document, Loaded, load_documents, parse_capture

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> CaptureStore:
    return CaptureStore(tmp_path / "raw")


@pytest.fixture
def load(store: CaptureStore) -> Callable[..., Loaded]:
    return lambda *paths: load_documents(paths, store, NOW)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file below a folder `in` and returns its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def document(store: CaptureStore, load: Callable[..., Loaded], write: Callable[..., Path]) -> Callable[..., Document]:
    """The document that a file of this name and content becomes."""

    def read(name: str, content: str | bytes) -> Document:
        (capture,) = load(write(name, content)).captures
        return parse_capture(capture, store.read(capture))

    return read
