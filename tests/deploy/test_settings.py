"""The settings of an installation, and the notifications that they send somewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pytest
from obstore.store import S3Store
from prefect.task_runners import ProcessPoolTaskRunner
from pydantic_settings import BaseSettings

from flows.task_runner import ClusterSettings, task_runner
from pledgebook.notifications import failed, happened, notify
from pledgebook.releases.frames import empty
from pledgebook.releases.outcome import Outcome
from pledgebook.releases.writing.signature import SigningSettings
from pledgebook.runs.default_releases import releases_place
from pledgebook.runs.reader_hash import reader_hash
from pledgebook.sources import sources
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.fetching.settings import FetchSettings, fetch_settings

from .commands import DEPLOY, ROOT

CLASSES: list[type[BaseSettings]] = [FetchSettings, SigningSettings, ClusterSettings]


def lines() -> dict[str, str]:
    text = (DEPLOY / "pledgebook.env.example").read_text("utf-8")
    stated = (line.removeprefix("#") for line in text.splitlines() if "=" in line and not line.startswith("# "))
    return dict(line.split("=", 1) for line in stated)


def offered() -> set[str]:
    return {name for name in lines() if name.startswith("PLEDGEBOOK_")}


def read() -> set[str]:
    """The settings that the code reads: the fields of the settings classes, and what it asks the environment for by its whole name."""
    fields = {f"PLEDGEBOOK_{field.upper()}" for kind in CLASSES for field in kind.model_fields}
    code = "\n".join(
        path.read_text("utf-8") for part in ("pledgebook", "flows") for path in (ROOT / part).rglob("*.py")
    )
    return fields | set(re.findall(r'"(PLEDGEBOOK_[A-Z_]+)"', code))


def test_all_settings_that_are_read_are_offered_and_no_others() -> None:
    assert offered() == read()
    keys = [name.lower() for name in lines() if name.startswith("AWS_")]
    S3Store("bucket", config=dict.fromkeys(keys, "http://127.0.0.1"))  # type: ignore[arg-type]  # raises for a key that it does not know


def test_a_setting_that_is_left_empty_is_not_set(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name in read():
        monkeypatch.delenv(name, raising=False)
    unset, known, reader = settings(), sources(), reader_hash()
    for name in offered():
        monkeypatch.setenv(name, "")
    assert settings() == unset
    assert (sources(), reader_hash()) == (known, reader)
    assert type(task_runner()) is ProcessPoolTaskRunner
    with pytest.raises(WrongUse, match="set PLEDGEBOOK_CONTACT"):
        fetch_settings()
    notify([failed("daily", "it is a test")])
    assert caplog.text == "", "a message that cannot be delivered is logged"
    assert releases_place(None) == "data/processed"
    monkeypatch.setenv("PLEDGEBOOK_RELEASES", "s3://bucket/prefix")
    assert releases_place(None) == "s3://bucket/prefix"
    assert releases_place("elsewhere") == "elsewhere"


def settings() -> list[dict[str, object]]:
    """What each settings class reads, but who runs the crawler, which nobody can leave out."""
    given = {"contact": "tests@example.org"}
    return [kind(**(given if "contact" in kind.model_fields else {})).model_dump() for kind in CLASSES]


def test_an_edit_is_told_once_with_the_version_that_holds_it() -> None:
    row = {"readout_id": "r-1", "url": "https://x.example/1", "captured_at": datetime(2026, 2, 3, tzinfo=UTC)}
    rows = [{**row, "event": event} for event in ("edited", "gone", "back")]
    events = pl.DataFrame(rows)
    tables = [empty(name) for name in ("changes", "quarantine", "quarantine")]
    refused = Outcome(None, "1.0.0", None, "It needs a person.", {}, *tables, events, refused=["much is missing"])
    assert happened(refused) == [], "every run sees it again until the gate is opened"
    published = replace(refused, version="1.0.1", folder="data/processed/v1.0.1", refused=())
    assert [message["event"] for message in happened(published)] == ["release", "edited", "gone"]
