"""A backfill: month by month, gone on with where it was stopped, and published as a whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.backfill import backfill
from flows.build import build
from pledgebook.releases.places.published import read_table
from pledgebook.runs.errors import RunFailed
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.fetching.backfills import Backfill

from .pages import page, sitemap
from .site import Page, Site

TEXT = "The United States and Norway agreed to open office number {} in Bergen."
MONTHS = (1, 2, 3)


@pytest.fixture
def places(registered: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, Any]:
    told = {"PLEDGEBOOK_CONTACT": "tests@example.org", "PLEDGEBOOK_DELAY": "0", "PLEDGEBOOK_ALLOWED_HOSTS": "127.0.0.1"}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return {"raw": str(tmp_path / "raw"), "releases": str(tmp_path / "processed")}


def publish(site: Site) -> None:
    """A statement a month, which the sitemap dates by its address."""
    paths = [f"/call/2025/{month:02}/15/norway" for month in MONTHS]
    for month, path in zip(MONTHS, paths, strict=True):
        title = f"Joint Statement of the United States and Norway of month {month}"
        site.add(path, page(title, TEXT.format(month), day=f"2025-{month:02}-15"))
    site.add("/sitemap.xml", sitemap(map(site.url, paths)))


def test_the_months_of_a_backfill_are_those_between_its_days() -> None:
    months = list(Backfill("norland", date(2024, 12, 30), date(2025, 2, 10)).months())
    assert months == [
        (date(2024, 12, 30), date(2024, 12, 31)),
        (date(2025, 1, 1), date(2025, 1, 31)),
        (date(2025, 2, 1), date(2025, 2, 10)),
    ]


def test_half_a_backfill_is_published_by_nobody(prefect_server: None, site: Site, places: dict[str, str]) -> None:
    publish(site)
    about = {"source": "norland", "since": date(2025, 1, 1), "until": date(2025, 3, 31)}
    broken = "/call/2025/02/15/norway"
    whole, site.pages[broken] = site.pages[broken], Page(b"", status=503)
    with pytest.raises(RunFailed, match="run it again"):
        backfill(**about, **places)
    held = build(**places)
    assert held.outcome.version is None
    assert any("held back until their backfill is complete" in line for line in held.lines())

    site.pages[broken] = whole
    fetched = site.asked("/call/2025/01")
    backfill(**about, **places)
    assert site.asked("/call/2025/01") == fetched, "what was fetched is not fetched again"
    assert read_table(places["releases"], "readouts", "1.0.0")["date"].dt.month().sort().to_list() == list(MONTHS)
    assert not any("held back" in line for line in build(**places).lines())


def test_days_in_the_wrong_order_are_refused_with_a_sentence(prefect_server: None, places: dict[str, str]) -> None:
    with pytest.raises(WrongUse, match="give since first"):
        backfill("norland", since=date(2025, 2, 1), until=date(2025, 1, 1), **places)
