"""Progress bars: shown when a person looks at a terminal, silent otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

Advance = Callable[[int], None]
Part = TypeVar("Part", bound=Sized)


@contextmanager
def progress(label: str, total: int) -> Iterator[Advance]:
    """A bar of `total` steps; call what this yields with the number of steps just done."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bars:
        task = bars.add_task(label, total=total)
        yield lambda steps: bars.advance(task, steps)


class _Crawls:
    """The bars of all crawls that run at once, in one display: a terminal has room for no second."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running = 0
        console = Console(stderr=True)
        columns = (
            TextColumn("Fetching {task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[received]}"),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
        )
        self.bars = Progress(*columns, console=console, disable=not console.is_terminal, transient=True)

    def begin(self) -> None:
        with self._lock:
            self._running += 1
            self.bars.start()

    def end(self, task: TaskID) -> None:
        with self._lock:
            self._running -= 1
            self.bars.remove_task(task)
            if not self._running:
                self.bars.stop()


_CRAWLS = _Crawls()


@contextmanager
def fetch_progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for a crawl; call what this yields with the documents still waiting and the bytes received so far."""
    _CRAWLS.begin()
    bars = _CRAWLS.bars
    task = bars.add_task(label, total=None, received="", rate="")

    def advance(waiting: int, received: int) -> None:
        bars.advance(task)
        shown = next(shown for shown in bars.tasks if shown.id == task)
        rate = f"{shown.speed:.1f} documents/s" if shown.speed else ""
        bars.update(task, total=shown.completed + waiting, received=decimal(received), rate=rate)

    try:
        yield advance
    finally:
        _CRAWLS.end(task)


def advancing(parts: Sequence[Part], advance: Advance) -> Iterator[Part]:
    """The parts one by one; the bar advances by the length of each once it is done with."""
    for part in parts:
        yield part
        advance(len(part))
