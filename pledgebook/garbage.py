"""Python's garbage collector, where it would only take time: it looks through all objects again and again while modules are loaded, and
once more at the end. Of a run that is three seconds."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_collected() -> Iterator[None]:
    """Within it nothing is collected; for loading modules, which make many objects that stay."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def left_at_the_end() -> None:
    """Let this process end without looking for garbage: the system takes back all its memory at once."""
    atexit.register(gc.freeze)
