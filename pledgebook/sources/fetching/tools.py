"""What a crawl works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from pledgebook.sources.fetching.crawl_state import CrawlState
from pledgebook.sources.fetching.settings import FetchSettings
from pledgebook.sources.fetching.visitor import Visitor
from pledgebook.sources.store import CaptureStore


@dataclass(frozen=True)
class Tools:
    """The tools. progress: called after each visit with documents still waiting and bytes received; now: the clock."""

    store: CaptureStore
    state: CrawlState
    visitor: Visitor
    settings: FetchSettings
    progress: Callable[[int, int], None] = lambda waiting, received: None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
