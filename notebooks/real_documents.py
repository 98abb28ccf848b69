"""Statements of several governments about the same meetings, for the notebook that compares accounts.

They lie beside a developer's checkout (`../shared/corpus`) and are no part of Pledgebook.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pledgebook.runs.run_here import run_here

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
# Of one government all statements are taken, of the other those that name the other side in the name of their file.
WHOLE, NAMES = ["kremlin.jsonl", "ukraine-president.jsonl"], ["putin", "zelensk"]
CAPTURED = datetime(2026, 11, 1, tzinfo=UTC)
# Goes with the notebook.
_books = TemporaryDirectory(prefix="pledgebook-")


@cache
def several_governments() -> Path | None:
    """Publish them to a temporary folder; returns the place of the releases, None where there are no such statements."""
    if not CORPUS.exists():
        return None
    named = [path for path in sorted(CORPUS.glob("white-house/**/*.md")) if any(name in path.name for name in NAMES)]
    folder = Path(_books.name)
    inputs = [*(CORPUS / name for name in WHOLE), *named]
    run_here(folder / "raw", folder / "processed", inputs, CAPTURED, accept="accounts to compare")
    return folder / "processed"
