"""The last step of a run: what all batches came to, and what the archive knows beside it, become the next version."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pledgebook.releases.book.corrections import CORRECTIONS
from pledgebook.releases.outcome import Outcome
from pledgebook.releases.release import make_release
from pledgebook.runs.steps import Read
from pledgebook.sources.fetching.fetch import stale_sources
from pledgebook.sources.fetching.known import known_table


def release(
    raw: Path,
    releases: str | Path,
    read: Read,
    *,
    quality: Mapping[str, Any] | None = None,
    dry_run: bool = False,
    accept: str | None = None,
    corrections: str | Path = CORRECTIONS,
) -> Outcome:
    """Make the next version at `releases` of what was read of the archive in `raw`; see `make_release` for the rest, and for what is raised."""
    return make_release(
        releases,
        read.readouts,
        read.found,
        read.quarantine,
        read.captures,
        events=read.events,
        known=known_table(raw),
        reading=read.reading,
        stale=stale_sources(raw),
        quality=quality,
        dry_run=dry_run,
        accept=accept,
        corrections=corrections,
    )
