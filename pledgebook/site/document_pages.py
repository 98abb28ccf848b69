"""What is there to read about the data: data card, dictionary, codebook, versions, quality, notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pledgebook.releases.texts.feed import FEED, feed
from pledgebook.releases.texts.summaries import changelog_of
from pledgebook.site.charts import scores_by_set
from pledgebook.site.edition import Edition
from pledgebook.site.notebook_pages import NOTEBOOKS, title_of
from pledgebook.site.pages import Pages, markdown

CODEBOOK = Path(__file__).parents[2] / "docs" / "codebook.md"


def write_documents(edition: Edition, pages: Pages) -> None:
    """Write `about/` and what lies below it, notebooks aside, and `feed.xml`."""
    logs = [(entry, changelog_of(edition.book.place.read, entry)) for entry in reversed(edition.versions)]
    contents = []
    for folder, title, about, text in _texts(edition, [log for _, log in logs]):
        pages.write(f"about/{folder}", "text.html", title=title, body=markdown(text))
        contents.append((folder, title, about))
    pages.write("about/quality", "quality.html", record=edition.quality, chart=scores_by_set(edition.quality, pages))
    contents.append(("quality", "Quality", "What the extractor finds and what it misses."))
    told = "A notebook: the code, and what it shows."
    contents += [(f"notebooks/{path.stem}", title_of(path), told) for path in NOTEBOOKS]
    pages.write("about", "about.html", contents=contents)
    pages.path(FEED).write_text(feed(logs, "index.html", lambda entry: "about/versions/index.html"), "utf-8")


def _texts(edition: Edition, logs: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Folder, title, a sentence about it, and Markdown of each text."""
    card = "What the data are good for and what not; coverage, quality, licences."
    yield "data-card", "Data card", card, _file(edition, "README.md")
    yield "dictionary", "Data dictionary", "Every table and column.", _file(edition, "dictionary.md")
    yield "versions", "Versions", "What changed in each, newest first.", "\n".join(["# Versions\n", *logs])
    # An installation without a checkout has no codebook beside it.
    if CODEBOOK.exists():
        about = "What counts as a commitment, and how it is coded."
        yield "codebook", "Codebook", about, CODEBOOK.read_text("utf-8")


def _file(edition: Edition, name: str) -> str:
    return edition.book.local(name).read_text("utf-8")
