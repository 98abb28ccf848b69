"""The settings of an installation, and the notifications that they send somewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pytest

from pledgebook.notifications import happened
from pledgebook.releases import Outcome
from pledgebook.releases.frames import empty
from pledgebook.releases.writing.signature import SigningSettings
from pledgebook.runs.places import releases_place

from .commands import DEPLOY, ROOT


def lines() -> dict[str, str]:
    text = (DEPLOY / "pledgebook.env.example").read_text("utf-8")
    stated = (line.removeprefix("#") for line in text.splitlines() if "=" in line and not line.startswith("# "))
    return dict(line.split("=", 1) for line in stated)


def test_the_settings_that_are_offered_are_read_somewhere() -> None:
    folders = [ROOT / "pledgebook", ROOT / "docs"]
    known = "\n".join(path.read_text("utf-8") for folder in folders for path in folder.rglob("*.[pm][yd]"))
    assert [name for name in lines() if name.startswith(("PLEDGEBOOK_", "AWS_")) and name not in known] == []


def test_a_setting_that_is_left_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in lines():
        if name.startswith("PLEDGEBOOK_"):
            monkeypatch.setenv(name, "")
    assert (SigningSettings().signing_key, SigningSettings().allowed_signers) == (None, None)
    assert releases_place(None) == "data/processed"
    monkeypatch.setenv("PLEDGEBOOK_RELEASES", "s3://bucket/prefix")
    assert releases_place(None) == "s3://bucket/prefix"
    assert releases_place("elsewhere") == "elsewhere"


def test_an_edit_is_told_once_with_the_version_that_holds_it() -> None:
    row = {"readout_id": "r-1", "url": "https://x.example/1", "captured_at": datetime(2026, 2, 3, tzinfo=UTC)}
    rows = [{**row, "event": event} for event in ("edited", "gone", "back")]
    events = pl.DataFrame(rows)
    tables = [empty(name) for name in ("changes", "quarantine", "quarantine")]
    refused = Outcome(None, "1.0.0", None, "It needs a person.", {}, *tables, events, refused=["much is missing"])
    assert happened(refused) == [], "every run sees it again until the gate is opened"
    published = replace(refused, version="1.0.1", folder="data/processed/v1.0.1", refused=())
    assert [message["event"] for message in happened(published)] == ["release", "edited", "gone"]
