"""A run without Prefect, of a folder that holds archive and releases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pledgebook.releases.outcome import Outcome
from pledgebook.runs.plan import Plan
from pledgebook.runs.run_here import run_here

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def run(folder: Path, *inputs: Path, now: datetime = NOW, **options: Any) -> tuple[Plan, Outcome]:
    """Load files into `folder`/raw and publish to `folder`/processed; return what was planned and what came of it."""
    options = {"accept": "a book for tests is small"} | options
    return run_here(folder / "raw", folder / "processed", inputs, now, **options)
