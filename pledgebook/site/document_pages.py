"""What is there to read about the data: data card, dictionary, codebook, versions, quality, notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pledgebook.releases.places.index import Entry
from pledgebook.releases.texts.feed import FEED, feed
from pledgebook.releases.texts.summaries import changelog_of
from pledgebook.site.charts import scores_by_set
from pledgebook.site.edition import Edition
from pledgebook.site.notebook_pages import NOTEBOOKS, title_of
from pledgebook.site.pages import Pages, markdown

CODEBOOK = Path(__file__).parents[2] / "docs" / "codebook.md"


def write_documents(edition: Edition, pages: Pages) -> None:
    """Write `about/` and what lies below it, notebooks aside, and `feed.xml`."""
    written = {
        "data-card": (
            "Data card",
            "What the data are good for and what not; coverage, quality, licences.",
            _file(edition, "README.md"),
        ),
        "dictionary": ("Data dictionary", "Every table and column.", _file(edition, "dictionary.md")),
        "versions": (
            "Versions",
            "What changed in each, newest first.",
            "\n".join(["# Versions\n", *(log for _, log in _changelogs(edition))]),
        ),
    }
    # An installation without a checkout has no codebook beside it.
    if CODEBOOK.exists():
        written["codebook"] = (
            "Codebook",
            "What counts as a commitment, and how it is coded.",
            CODEBOOK.read_text("utf-8"),
        )
    for folder, (title, _, text) in written.items():
        pages.write(f"about/{folder}", "text.html", title=title, body=markdown(text))
    record = json.loads(_file(edition, "quality.json"))
    pages.write("about/quality", "quality.html", record=record, chart=scores_by_set(record, pages))
    notebooks = [
        (f"notebooks/{path.stem}", title_of(path), "A notebook: the code, and what it shows.") for path in NOTEBOOKS
    ]
    quality = ("quality", "Quality", "What the extractor finds and what it misses.")
    contents = [*((folder, title, about) for folder, (title, about, _) in written.items()), quality, *notebooks]
    pages.write("about", "about.html", contents=contents)
    told = feed(list(_changelogs(edition)), "index.html", lambda entry: "about/versions/index.html")
    pages.path(FEED).write_text(told, "utf-8")


def _file(edition: Edition, name: str) -> str:
    return edition.book.local(name).read_text("utf-8")


def _changelogs(edition: Edition) -> Iterator[tuple[Entry, str]]:
    """Each version with what it says of itself, newest first."""
    for entry in reversed(edition.versions):
        yield entry, changelog_of(edition.book.place.read, entry)
