"""Progress bars: shown when a person looks at a terminal, silent otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Sized
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

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


def advancing(parts: Sequence[Part], advance: Advance) -> Iterator[Part]:
    """The parts one by one; the bar advances by the length of each once it is done with."""
    for part in parts:
        yield part
        advance(len(part))
