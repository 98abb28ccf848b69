"""A site on loopback, a source that reads it, settings that let it be read without waiting, and a clock that tests set."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pledgebook.sources.fetching.client import Client
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.fetch import fetch
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.fetching.settings import FetchSettings
from pledgebook.sources.fetching.turns import Turns
from pledgebook.sources.fetching.visitor import Visitor
from pledgebook.sources.source import Source

from .site import Site, serving

EVERYTHING = Wanted()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(Site()) as running:
        yield running


class Clock:
    """The time of the test."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings() -> FetchSettings:
    return FetchSettings(contact="tests@example.org", delay=0, allowed_hosts=frozenset({"127.0.0.1"}))


@pytest.fixture
def source(site: Site) -> Callable[..., Source]:
    """A source of the test site; by default its sitemap names the documents."""

    def make(**fields: Any) -> Source:
        sitemap = {"method": "sitemap", "start": [site.url("/sitemap.xml")]}
        rules = {"format": "html", "body": "main", "title": "h1", "date": "time", "attribute": "datetime"}
        told = {
            "name": "norland",
            "title": "Norland",
            "publisher": "white-house",
            "issuer": "USA",
            "language": "en",
            "licence": "US-GOV-WORK",
        }
        return Source.model_validate({**told, "discover": [sitemap], "parse": rules, **fields})

    return make


@pytest.fixture
def run(
    source: Callable[..., Source], settings: FetchSettings, tmp_path: Path, clock: Clock
) -> Callable[..., CrawlReport]:
    """Fetches a source of the test site, at the time that the clock tells, into the folder `raw`."""

    def fetch_it(made: Source | None = None, wanted: Wanted = EVERYTHING, **changes: Any) -> CrawlReport:
        changed = settings.model_copy(update=changes)
        return fetch(made or source(), tmp_path / "raw", wanted, changed, now=clock)

    return fetch_it


class Patience:
    """Sleeps without sleeping, and notes for how long it was asked to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def patience() -> Patience:
    return Patience()


@pytest.fixture
def get(settings: FetchSettings, tmp_path: Path, patience: Patience) -> Iterator[Callable[..., bytes]]:
    """The body at an address of the test site, fetched as the crawler fetches."""
    clients = []

    def visit(url: str, **changes: object) -> bytes:
        changed = settings.model_copy(update=changes)
        clients.append(Client(changed))
        turns = Turns(tmp_path / "turns", lambda: patience.now, patience.sleep)
        return Visitor(clients[-1], turns, changed, sleep=patience.sleep).get(url).answer.body

    yield visit
    for client in clients:
        client.close()


@pytest.fixture
def registered(source: Callable[..., Source], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Source]:
    """Makes a source of the test site known to all of Pledgebook, as a user would: by a TOML file in a folder of one's own."""
    folder = tmp_path / "own-sources"
    folder.mkdir()
    monkeypatch.setenv("PLEDGEBOOK_SOURCES", str(folder))

    def register(**fields: Any) -> Source:
        made = source(**fields)
        ways = [way.model_dump(exclude_none=True, exclude_defaults=True) for way in made.discover]
        told = made.model_dump(
            include={"name", "title", "publisher", "issuer", "licence", "language"}, exclude_none=True
        )
        lines = [f"{key} = {json.dumps(value)}" for key, value in told.items()]
        for way in ways:
            lines += ["[[discover]]", *(f"{key} = {json.dumps(value)}" for key, value in way.items())]
        rules = made.parse.model_dump(exclude_none=True) if made.parse else {}
        lines += ["[parse]", *(f"{key} = {json.dumps(value)}" for key, value in rules.items())] if rules else []
        (folder / f"{made.name}.toml").write_text("\n".join(lines), "utf-8")
        return made

    register()
    return register
