"""Fetch a source: the crawl with its archive, its state, and the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout

from pledgebook.sources.answers import GONE, OK
from pledgebook.sources.discovery.findings import Found
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.fetching.backfills import Backfill, BackfillTable
from pledgebook.sources.fetching.client import Client
from pledgebook.sources.fetching.crawl import crawl
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.crawl_state import CrawlState
from pledgebook.sources.fetching.discoverer import Discoverer
from pledgebook.sources.fetching.document_queue import Known
from pledgebook.sources.fetching.errors import Refused
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.fetching.settings import FetchSettings
from pledgebook.sources.fetching.source_visits import StaleSource
from pledgebook.sources.fetching.tools import Tools
from pledgebook.sources.fetching.turns import Turns
from pledgebook.sources.fetching.visitor import Visitor, content_of
from pledgebook.sources.source import Source
from pledgebook.sources.store import CaptureStore

_STATE, _TURNS, _LOCKS = "crawl.sqlite", ".turns", ".locks"


def fetch(
    source: Source,
    raw: Path,
    wanted: Wanted,
    settings: FetchSettings,
    progress: Callable[[int, int], None] = lambda waiting, received: None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> CrawlReport:
    """Fetches what is new and asks again for what is known, into the archive in `raw`; see `crawl`.

    Raises WrongUse when another run fetches this source.
    """
    raw.mkdir(parents=True, exist_ok=True)
    with (
        _alone(source.name, raw),
        _visitor(raw, settings, now) as visitor,
        closing(CrawlState(raw / _STATE)) as state,
        closing(CaptureStore(raw)) as store,
    ):
        return crawl(source, wanted, Tools(store, state, visitor, settings, progress, now))


def plan(source: Source, raw: Path, wanted: Wanted, settings: FetchSettings) -> tuple[list[Found], CrawlReport]:
    """The documents that `fetch` would visit now, the newest first. Listing pages are read; nothing is kept."""
    report = CrawlReport(source.name)
    with (
        TemporaryDirectory(prefix="pledgebook-") as folder,
        _visitor(Path(folder), settings) as visitor,
        closing(_state_for_trial(raw, Path(folder))) as state,
    ):
        round = state.begin(source.name, wanted, datetime.now(UTC))
        Discoverer(source, state, round, _page_reader(visitor, settings), lambda found: None, report).run()
        return state.documents.waiting(round), report


def known_documents(raw: Path) -> list[Known]:
    """All documents that discovery knows at the sources; none where nothing was ever fetched into `raw`."""
    if not (raw / _STATE).exists():
        return []
    with closing(CrawlState(raw / _STATE)) as state:
        return state.documents.known()


def stale_sources(raw: Path) -> list[StaleSource]:
    """The sources whose last crawl into `raw` failed, each with the time since when."""
    if not (raw / _STATE).exists():
        return []
    with closing(CrawlState(raw / _STATE)) as state:
        return list(state.visits.stale())


@contextmanager
def backfill_table(raw: Path) -> Iterator[BackfillTable]:
    """The backfills of the archive in `raw` that are not complete."""
    with closing(CrawlState(raw / _STATE)) as state:
        yield state.backfills


def unfinished_backfills(raw: Path) -> tuple[Backfill, ...]:
    """The backfills whose statements no run may publish yet."""
    if not (raw / _STATE).exists():
        return ()
    with backfill_table(raw) as table:
        return tuple(table.unfinished())


@contextmanager
def _visitor(
    folder: Path, settings: FetchSettings, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Visitor]:
    client = Client(settings, clock=now)
    try:
        yield Visitor(client, Turns(folder / _TURNS), settings, now)
    finally:
        client.close()


@contextmanager
def _alone(source: str, raw: Path) -> Iterator[None]:
    """Two crawls of one source would take each other's documents."""
    (raw / _LOCKS).mkdir(exist_ok=True)
    lock = FileLock(raw / _LOCKS / f"{source}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise WrongUse(f"another run is fetching {source}; wait until it is done, or stop it") from error
    try:
        yield
    finally:
        lock.release()


def _state_for_trial(raw: Path, folder: Path) -> CrawlState:
    if not (raw / _STATE).exists():
        return CrawlState(folder / _STATE)
    with closing(CrawlState(raw / _STATE)) as state:
        return state.copied_to(folder / _STATE)


def _page_reader(visitor: Visitor, settings: FetchSettings) -> Callable[[str], bytes | None]:
    def read_page(url: str) -> bytes | None:
        answer = visitor.get(url).answer
        if answer.status in GONE:
            return None
        if answer.status != OK:
            raise Refused(f"http_{answer.status}", f"the site answered {answer.status}")
        return content_of(answer, settings.largest_page)

    return read_page
