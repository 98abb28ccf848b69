"""What a run came to, in figures: for the terminal, and as the Markdown that Prefect shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pledgebook.releases.outcome import Outcome
from pledgebook.sources.fetching.backfills import Backfill
from pledgebook.sources.fetching.crawl_report import CrawlReport

_LONGEST_LIST = 20


@dataclass(frozen=True)
class RunReport:
    """The end of a run.

    outcome: what the release came to; given: documents offered to the run; unchanged: those of them that were left out, because they are
    as they were when they were last read; chosen: statements that were read and fall in the
    selection, copies of one address counted once; aside: quarantine rows of the documents that could not be read, and of copies that
    could not be fetched or do not count; crawls: what came of the sources that were fetched; held_back: backfills of which nothing is published before they are complete.
    """

    outcome: Outcome
    given: int
    unchanged: int
    chosen: int
    aside: pl.DataFrame
    crawls: Sequence[CrawlReport] = ()
    held_back: Sequence[Backfill] = ()

    @property
    def skipped(self) -> pl.DataFrame:
        """Quarantine rows of the documents that could not be read."""
        return self.aside.filter(pl.col("table") == "readouts")

    @property
    def read(self) -> int:
        """Documents that could be read, older copies of one address included."""
        return self.given - self.unchanged - self.skipped.height

    def figures(self) -> dict[str, int | str]:
        """The figures by their names, in the order in which they are told."""
        return {
            "documents given": self.given,
            "documents unchanged": self.unchanged,
            "documents read": self.read,
            "documents skipped": self.skipped.height,
            "statements in this run": self.chosen,
            "readouts in the book": self.outcome.figures["readouts"],
            "commitments in the book": self.outcome.figures["commitments"],
            "rows quarantined": self.outcome.figures["quarantined"],
            "version": self.outcome.version or ("none" if self.outcome.refused else "none (nothing differs)"),
        }

    def markdown(self) -> str:
        """A table of the figures, and why documents were skipped."""
        rows = "\n".join(f"| {name} | {value} |" for name, value in self.figures().items())
        fetched = "".join(f"\n- {line}" for crawl in self.crawls for line in crawl.lines())
        return f"## {self.outcome.message}\n\n| figure | value |\n|---|---|\n{rows}\n{fetched}\n{self._reasons()}"

    def lines(self) -> list[str]:
        """The same for a terminal: the figures in a line, reasons of what was skipped, and what was published."""
        figures = ", ".join(f"{name} {value}" for name, value in self.figures().items())
        fetched = [line for crawl in self.crawls for line in crawl.lines()]
        held_back = [
            f"{one.source}: statements from {one.since} to {one.until} are held back until their backfill is complete; run it again"
            for one in self.held_back
        ]
        skipped = self._first_of("skipped", self.aside, pl.col("reason"))
        rejected = self._first_of(
            "set aside", self.outcome.rejected, pl.format("{} {}: {}", "table", "row_id", "reason")
        )
        return [
            *fetched,
            *held_back,
            *skipped,
            *rejected,
            *self._without_licence(),
            figures,
            self.outcome.message,
        ]

    def _first_of(self, label: str, rows: pl.DataFrame, said: pl.Expr) -> list[str]:
        """A line for each of the first quarantine rows, and how many more there are."""
        told = [f"{label}: {line}" for line in rows.head(_LONGEST_LIST).select(said).to_series()]
        left_out = rows.height - _LONGEST_LIST
        where = "; all stand in the table quarantine" if self.outcome.folder else ""
        return [*told, f"{label}: {left_out:,} more{where}"] if left_out > 0 else told

    def _without_licence(self) -> list[str]:
        number = self.outcome.figures["unlicensed"]
        if not number:
            return []
        told = "1 statement states no licence" if number == 1 else f"{number:,} statements state no licence"
        return [
            f"{told}: a release holds the quotes but not the text; to have the text too, add `licence: CODE` to the front matter "
            "(a code of schemas/codelists/licences.csv that allows to republish)"
        ]

    def _reasons(self) -> str:
        if self.aside.is_empty():
            return ""
        counts = self.aside.group_by("check").len("documents").sort("documents", "check", descending=[True, False])
        rows = "\n".join(f"| {check} | {number} |" for check, number in counts.iter_rows())
        return f"\n| skipped because | documents |\n|---|---|\n{rows}\n"
