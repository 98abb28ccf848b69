"""Turns: one request at a time to a host, with a pause after each, however many workers there are.

A file for each host below one folder holds until when the host is to be left alone; its lock is held for the length of a request.
Both work between threads and between processes of a machine.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock


class Turns:
    """The turns of all hosts; `folder` is made when missing."""

    def __init__(
        self, folder: Path, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._sleep = sleep
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def turn(self, host: str, delay: float) -> Iterator[None]:
        """Waits until `delay` seconds have passed since the last turn, or as long as the host was to be left alone after it."""
        with FileLock(self._path(host, "lock")):
            # Who holds the lock is alone in moving the time on, so that one sleep is enough.
            self._sleep(self._left(host, delay))
            # A process that is killed in its turn leaves this behind.
            self._leave_alone(host, delay)
            try:
                yield
            finally:
                self._leave_alone(host, max(delay, self._left(host, 0)))

    def hold(self, host: str, seconds: float) -> None:
        """Leaves the host alone for so long; to be called within a turn."""
        self._leave_alone(host, seconds)

    def _left(self, host: str, delay: float) -> float:
        """Seconds for which the host is still to be left alone; never more than asked for, should the clock jump back."""
        try:
            told = json.loads(self._path(host, "json").read_text("utf-8"))
            since, seconds = float(told["since"]), max(float(told["seconds"]), delay)
        except (OSError, ValueError, KeyError, TypeError):
            return 0.0
        return min(seconds, max(0.0, since + seconds - self._clock()))

    def _leave_alone(self, host: str, seconds: float) -> None:
        self._path(host, "json").write_text(json.dumps({"since": self._clock(), "seconds": seconds}), "utf-8")

    def _path(self, host: str, ending: str) -> Path:
        return self._folder / f"{quote(host, safe='')}.{ending}"
