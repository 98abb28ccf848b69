"""Ctrl-C in a run: one line and a prompt end, whatever Prefect is doing."""

from __future__ import annotations

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

MESSAGE = "pledgebook: Stopped. What was stored and published stays; run again to go on."


@contextmanager
def stopped_at_once(stop_server: Callable[[], None]) -> Iterator[None]:
    """Within it, Ctrl-C tells the user, calls `stop_server` and ends the process with exit code 1.

    A terminal sends the signal to Prefect's temporary server too. An exception would leave Prefect asking a server that is gone, for
    minutes; the capture store and the publisher are made so that the process may end at any moment.
    """

    def leave(_signal: int, _frame: FrameType | None) -> None:
        # Threads of Prefect notice that their server is gone before the process ends.
        logging.disable()
        try:
            print(MESSAGE, file=sys.stderr, flush=True)
            # A thread that was already logging when that was disabled would write below the message.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
            stop_server()
        finally:  # a terminal that is gone, or a server that will not stop, must not keep the process
            os._exit(1)

    before = signal.signal(signal.SIGINT, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
