"""Reads one page by a way of discovery, as a source's TOML would describe it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pydantic import TypeAdapter

from pledgebook.sources.discovery import Findings, findings
from pledgebook.sources.ways import AnyDiscovery

START = "https://www.norland.example/news/list"
_WAYS: TypeAdapter[AnyDiscovery] = TypeAdapter(AnyDiscovery)


@pytest.fixture
def read() -> Callable[..., Findings]:
    def read_page(method: str, content: str | bytes, address: str = START, **words: object) -> Findings:
        way = _WAYS.validate_python({"method": method, "start": (START,), **words})
        return findings(way, address, content.encode() if isinstance(content, str) else content)

    return read_page
