"""What a run shows in Prefect's pages: artifacts with keys, so that each has a history."""

from __future__ import annotations

from collections.abc import Callable

from prefect.artifacts import (
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from pledgebook.releases.places.place import open_place
from pledgebook.releases.texts.documents import QUALITY
from pledgebook.releases.texts.summaries import CHANGELOG
from pledgebook.runs.growth import growth_chart
from pledgebook.runs.report import RunReport

LINKED = ("commitments.parquet", "readouts.parquet", "README.md", QUALITY)
STAGES = ("fetching", "reading", "bringing together", "publishing")
Done = Callable[[str], None]


def show_progress() -> Done:
    """Show how far a run is, with no stage done yet; call what this returns with the name of each that is done."""
    bar = create_progress_artifact(0.0, key="progress", description=_progress(0))

    def done(stage: str) -> None:
        number = STAGES.index(stage) + 1
        update_progress_artifact(bar, 100.0 * number / len(STAGES), _progress(number))  # type: ignore[arg-type]

    return done


def _progress(number: int) -> str:
    return f"Done: {', '.join(STAGES[:number]) or 'nothing'}. To come: {', '.join(STAGES[number:]) or 'nothing'}."


def show(report: RunReport, releases: str) -> None:
    """Show the figures of a run, what came of each source and, of a new version, its changelog, quality, files, and the growth of the book."""
    create_markdown_artifact(report.markdown(), key="build", description="What the run read, found and published")
    if report.crawls:
        create_table_artifact(
            [crawl.row() for crawl in report.crawls], key="sources", description="What came of each source"
        )
    outcome = report.outcome
    if outcome.version is None or outcome.folder is None:
        return
    place, folder = open_place(releases), f"v{outcome.version}"
    create_markdown_artifact(
        place.read(f"{folder}/{CHANGELOG}").decode(), key="changelog", description="What the version brings"
    )
    quality = place.read(f"{folder}/{QUALITY}").decode()
    create_markdown_artifact(f"```json\n{quality}\n```", key="quality", description="How well the extractor does")
    create_markdown_artifact(
        growth_chart(place, outcome.version), key="growth", description="Documents and commitments by month"
    )
    for name in LINKED:
        address = place.shown(f"{folder}/{name}")
        key = name.lower().replace(".", "-")
        create_link_artifact(address, link_text=f"{name} of {outcome.version}", key=key)
