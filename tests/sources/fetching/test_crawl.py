"""A site of a thousand pages: fetched whole, then asked only for news, whatever stops a run."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filelock import FileLock

from pledgebook.sources import WrongUse
from pledgebook.sources.answers import DOCUMENT
from pledgebook.sources.fetching.crawl_report import CrawlReport
from pledgebook.sources.fetching.fetch import fetch, plan
from pledgebook.sources.fetching.recorder import Outcome
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.fetching.settings import FetchSettings
from pledgebook.sources.source import Source
from pledgebook.sources.store import CaptureStore

from .conftest import Clock
from .pages import publish, sitemap, statement
from .site import Site

Run = Callable[..., CrawlReport]
MEMORY = Path("/dev/shm")


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """In memory where the system offers that: a thousand pages wait long for a disk, and a killed process loses nothing it wrote."""
    with TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


def held(folder: Path) -> dict[str, bytes]:
    """What the newest capture of each address holds, by the path of the address."""
    store = CaptureStore(folder / "raw")
    return {(capture.url or "").partition("/call")[2]: store.read(capture) for capture in store.newest()}


def test_a_thousand_pages_then_only_what_changed(site: Site, run: Run, tmp_path: Path, clock: Clock) -> None:
    publish(site, range(1000))
    first = run()
    assert first.outcomes == {Outcome.NEW: 1000}
    assert held(tmp_path) == {f"/{number}": statement(number).encode() for number in range(1000)}

    site.requests.clear()
    assert run().outcomes == {Outcome.UNCHANGED: 1000}
    assert len(site.asked("/call")) == 1000
    assert site.sent == len(site.pages.get("/robots.txt", b"")) + sum(r.sent for r in site.requests if r.status == 404)

    for number in range(10):
        site.add(f"/call/{number}", statement(number).replace("tonnes", "tons"))
    for number in (20, 21, 22):
        del site.pages[f"/call/{number}"]
    publish(site, range(1000, 1005))
    clock.forward(days=2)
    third = run()
    assert third.outcomes == {Outcome.CHANGED: 10, Outcome.NEW: 5, Outcome.UNCHANGED: 987, Outcome.OTHER: 3}
    assert third.gone == 3
    changed = [path for path, content in held(tmp_path).items() if b"tons" in content]
    assert sorted(changed) == sorted(f"/{number}" for number in range(10))


def test_killed_twenty_times_every_page_is_captured_once(
    site: Site, source: Callable[..., Source], settings: FetchSettings, tmp_path: Path
) -> None:
    """Kills fall after a number of requests drawn by chance, so that they come at any step of the work on a page."""
    publish(site, range(1000))
    chance = random.Random(20)
    # Each run is a process of its own, forked from one that has imported what takes seconds to import and has done nothing else.
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["pytest", "pledgebook.sources.fetching.fetch"])
    crawl = partial(processes.Process, target=fetch, args=(source(), tmp_path / "raw", Wanted(), settings), daemon=True)
    for _ in range(20):
        site.requests.clear()
        wanted = chance.randrange(1, 45)
        killed = crawl()
        killed.start()
        while len(site.requests) < wanted and killed.is_alive():
            site.wait_for_request(timeout=1)
        killed.kill()
        killed.join()
        assert killed.exitcode == -signal.SIGKILL
    last = crawl()
    last.start()
    last.join(timeout=120)
    assert last.exitcode == 0
    store = CaptureStore(tmp_path / "raw")
    captures = Counter(capture.url for capture in store.captures())
    assert len(captures) == 1000
    assert set(captures.values()) == {1}
    visits = Counter(
        len([a for a in store.answers(capture.address) if a.kind == DOCUMENT]) for capture in store.captures()
    )
    assert visits == {1: 1000}


def test_a_document_that_no_listing_names_any_more_is_still_visited(site: Site, run: Run, tmp_path: Path) -> None:
    publish(site, range(3))
    run()
    site.add("/sitemap.xml", sitemap([site.url("/call/0")]))
    site.requests.clear()
    run()
    assert sorted(site.asked("/call")) == ["/call/0", "/call/1", "/call/2"]


def listing(site: Site, days: dict[int, str]) -> str:
    items = "".join(
        f'<li><a href="/call/{n}">Call {n}</a> <time datetime="{day}">day</time></li>' for n, day in days.items()
    )
    return f"<html><body><ul>{items}</ul></body></html>"


@pytest.fixture
def dated(site: Site, source: Callable[..., Source]) -> Source:
    """A source whose listing tells the days of its documents, on two pages."""
    publish(site, range(1, 7))
    newest = {6: "2026-02-06", 5: "2026-02-05", 4: "2026-02-04"}
    site.add("/news", listing(site, newest).replace("</body>", '<a class="next" href="/news?page=2">Older</a></body>'))
    site.add("/news?page=2", listing(site, {3: "2026-02-03", 2: "2026-02-02", 1: "2026-02-01"}))
    way = {
        "method": "listing",
        "start": [site.url("/news")],
        "item": "li",
        "link": "a",
        "date": "time",
        "next": "a.next",
    }
    return source(discover=[way])


@pytest.mark.parametrize(
    ("wanted", "fetched"),
    [
        (Wanted(), [6, 5, 4, 3, 2, 1]),
        (Wanted(limit=2), [6, 5]),
        (Wanted(since=date(2026, 2, 5)), [6, 5]),
        (Wanted(until=date(2026, 2, 2)), [2, 1]),
        (Wanted(since=date(2026, 2, 2), until=date(2026, 2, 4), limit=2), [4, 3]),
    ],
)
def test_only_what_is_wanted_is_fetched_and_the_newest_first(
    site: Site, dated: Source, run: Run, wanted: Wanted, fetched: list[int]
) -> None:
    run(dated, wanted)
    assert site.asked("/call") == [f"/call/{number}" for number in fetched]


def test_pages_older_than_wanted_are_not_looked_at(site: Site, dated: Source, run: Run) -> None:
    run(dated, Wanted(since=date(2026, 2, 7)))
    assert site.asked("/news") == ["/news"]


def test_a_trial_lists_what_would_be_fetched_and_writes_nothing(
    site: Site, dated: Source, settings: FetchSettings, tmp_path: Path
) -> None:
    documents, _ = plan(dated, tmp_path / "raw", Wanted(limit=2), settings)
    assert [found.url for found in documents] == [site.url("/call/6"), site.url("/call/5")]
    assert site.asked("/call") == []
    assert list(tmp_path.iterdir()) == []


def test_two_runs_do_not_fetch_one_source_at_once(site: Site, run: Run, tmp_path: Path) -> None:
    (tmp_path / "raw" / ".locks").mkdir(parents=True)
    command = "from filelock import FileLock; import sys; lock = FileLock(sys.argv[1]); lock.acquire(); print('held', flush=True); sys.stdin.read()"
    lock = tmp_path / "raw" / ".locks" / "norland.lock"
    with subprocess.Popen(
        [sys.executable, "-c", command, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(WrongUse, match="another run is fetching norland"):
            run()
        other.communicate()
    assert FileLock(lock).acquire(timeout=10)
