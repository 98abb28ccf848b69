"""What a crawl is asked for, and which crawl it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wanted:
    """Which documents of a source a crawl is to visit; None and 0 ask for no limit. A document without a known day is visited.

    again: whether documents that were visited before are asked again, for edits and removals.
    """

    since: date | None = None
    until: date | None = None
    limit: int = 0
    again: bool = True

    def holds(self, day: date | None) -> bool:
        """Whether a document of that day is wanted."""
        return day is None or ((self.since or date.min) <= day <= (self.until or date.max))


@dataclass(frozen=True)
class Round:
    """One crawl of a source, from its first listing page to its last document, in one run or in several.

    name: as answers in the archive carry it; resumed: whether an earlier run had begun it.
    """

    source: str
    number: int
    name: str
    wanted: Wanted
    resumed: bool
