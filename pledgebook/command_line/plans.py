"""What `pledgebook run --source NAME --dry-run` tells: which documents would be fetched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from pledgebook.sources.addresses import canonical_url
from pledgebook.sources.fetching.fetch import plan
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.fetching.settings import fetch_settings
from pledgebook.sources.registry import source_named
from pledgebook.sources.store import CaptureStore


def tell_plans(names: Sequence[str], raw: Path, wanted: Wanted) -> None:
    """Prints a line for each document that would be fetched: `new`, or `known` when the archive has a copy; its day, its address.

    Exit code 1 when the listing pages of a source could not be read.
    """
    settings = fetch_settings()
    store = CaptureStore(raw)
    came_to_nothing = False
    for name in names:
        documents, report = plan(source_named(name), raw, wanted, settings)
        for found in documents:
            state = "known" if store.copies(canonical_url(found.url)) else "new"
            print(f"{state}\t{found.day or 'undated'}\t{found.fetch or found.url}")
        for url, reason in report.pages.items():
            print(f"{name}: {url} could not be read: {reason}")
        print(f"{name}: {len(documents):,} documents would be fetched; nothing was written")
        came_to_nothing |= report.came_to_nothing
    if came_to_nothing:
        raise typer.Exit(1)
