"""Two small versions of invented statements, for the notebook that compares versions."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pledgebook.runs.run_here import run_here

ADDRESS = "https://www.whitehouse.gov/briefings-statements"
FIRST = {
    "harbour": "The United States will provide $5 million to Norway for the harbour by 2027. The two sides agreed to meet again.",
    "pilots": "The United States plans to train 200 pilots of Japan.",
}
# A sum that was mended, a sentence that went, and a statement that is new.
SECOND = {
    "harbour": "The United States will provide $7 million to Norway for the harbour by 2027.",
    "boats": "The United States announced that it will send ten boats to Kenya.",
}
# Goes with the notebook.
_books = TemporaryDirectory(prefix="pledgebook-")
RUNS = ((FIRST, datetime(2026, 11, 1, tzinfo=UTC)), (SECOND, datetime(2026, 11, 9, tzinfo=UTC)))


@cache
def two_versions() -> Path:
    """Publish them to a temporary folder; returns the place of the releases."""
    folder = Path(_books.name)
    for number, (statements, now) in enumerate(RUNS):
        documents = folder / str(number)
        documents.mkdir()
        for name, text in statements.items():
            head = f"---\ntitle: Statement about {name}\ndate: 2026-10-20\nsource_url: {ADDRESS}/{name}/\n---\n"
            (documents / f"{name}.md").write_text(f"{head}{text}\n", "utf-8")
        run_here(folder / "raw", folder / "processed", [documents], now, accept="two versions to compare")
    return folder / "processed"
