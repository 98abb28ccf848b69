"""What a crawl came to, in figures and lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pledgebook.sources.discovery.findings import UnreadableListing
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fetching.errors import Unreachable
from pledgebook.sources.fetching.recorder import Outcome
from pledgebook.sources.fetching.visitor import Visit
from pledgebook.sources.loading import Loaded

_TOLD = {"fetched": Outcome.NEW, "edited": Outcome.CHANGED, "unchanged": Outcome.UNCHANGED}


@dataclass
class CrawlReport:
    """The figures of one crawl of a source by one run.

    listed: documents that listing pages named; outcomes: visits by what they came to; gone: addresses that answered 404 or 410;
    problems: documents that could not be fetched, with the reason; pages: listing pages that could not be read, with the reason;
    loads: what came of files that hold many documents; bytes: of bodies, as they were received; start_failed: whether
    a page that the source's file names is not what it should be; unreached: whether a site did not answer; stopped: why the crawl ended early, or None.
    """

    source: str
    listed: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    gone: int = 0
    bytes: int = 0
    problems: dict[str, UnreadableDocument] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    loads: list[Loaded] = field(default_factory=list)
    start_failed: bool = False
    unreached: bool = False
    stopped: str | None = None

    @property
    def came_to_nothing(self) -> bool:
        """Whether something failed, and nothing was fetched, confirmed or loaded."""
        reached = any(self.outcomes[outcome] for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED))
        return bool(self.pages or self.problems or self.stopped) and not (reached or self.loads)

    @property
    def is_stale(self) -> bool:
        """Whether the source may have published what the crawl did not see."""
        return self.start_failed or self.unreached or self.stopped is not None or self.came_to_nothing

    def received(self, visit: Visit) -> None:
        """Counts the bytes of a visit."""
        self.bytes += sum(len(exchange.body) for exchange in visit.exchanges)

    def failed(self, url: str, check: str, reason: str) -> None:
        """Notes a document that could not be fetched."""
        self.problems[url] = UnreadableDocument(check, f"{reason}; it is tried again by the next run")

    def page_failed(self, url: str, problem: Exception, *, is_start: bool) -> None:
        """Notes a listing page that could not be read."""
        self.pages[url] = str(problem)
        self.unreached |= isinstance(problem, Unreachable)
        self.start_failed |= is_start and isinstance(problem, UnreadableListing)

    def row(self) -> dict[str, str | int]:
        """The figures as a row of a table."""
        counts = {name: self.outcomes[outcome] for name, outcome in _TOLD.items()}
        return {
            "source": self.source,
            "discovered": self.listed,
            **counts,
            "gone": self.gone,
            "failed": len(self.problems),
        }

    def lines(self) -> list[str]:
        """The report for a terminal: a line of figures, then one for each page that could not be read."""
        told = {
            "listed": self.listed,
            **{str(outcome): self.outcomes[outcome] for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED)},
            "gone": self.gone,
            "failed": len(self.problems),
        }
        figures = ", ".join(f"{name} {number:,}" for name, number in told.items())
        checks = Counter(problem.check for problem in self.problems.values())
        why = f" ({', '.join(f'{check} {number:,}' for check, number in checks.most_common())})" if checks else ""
        pages = [f"{self.source}: {url} could not be read: {reason}" for url, reason in self.pages.items()]
        if self.start_failed:
            pages.append(f"{self.source}: see whether its layout changed with: pledgebook sources check {self.source}")
        stopped = [f"{self.source}: {self.stopped}"] if self.stopped else []
        return [f"{self.source}: {figures}{why}, {self.bytes:,} bytes", *pages, *stopped]
