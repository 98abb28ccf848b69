"""Times the stages of a run and their memory, Prefect aside; the batches are read in processes, as a run does it.

    python -m benchmarks.stages FOLDER --input DOCUMENTS [--processes 2]

FOLDER gets the raw archive and the releases; a second call with the same one shows what a run over unchanged documents costs. For each
stage: seconds on the clock, seconds of processor time (of all processes), and the most memory that the process of the run, and any
process that reads, have ever held by then.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pledgebook.runs.run_here import run_here

PER_GIBIBYTE = 1024 * 1024


def run(folder: Path, documents: Path, processes: int, told: Callable[[str], None]) -> str:
    """Load, read and publish; `told` is called with the name of each stage that is done. Returns what came of it."""

    def each(step: Callable[[str], Any], names: Iterable[str]) -> Iterable[Any]:
        # Of processes that have ended the processor time is known, not of those that go on.
        with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
            return list(pool.map(step, names))

    raw, releases = folder / "raw", folder / "processed"
    _, outcome = run_here(raw, releases, [documents], datetime.now(UTC), each=each, told=told, accept="a measurement")
    return outcome.message


class Clock:
    """Prints a line for each stage."""

    def __init__(self) -> None:
        self._before = self._now()
        print(f"{'stage':16}{'clock s':>10}{'cpu s':>10}{'run GiB':>10}{'reader GiB':>12}")

    def __call__(self, stage: str) -> None:
        """Print what the stage took."""
        now = self._now()
        clock, processor = (after - before for after, before in zip(now, self._before, strict=True))
        peaks = [
            resource.getrusage(who).ru_maxrss / PER_GIBIBYTE for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        ]
        print(f"{stage:16}{clock:10.1f}{processor:10.1f}{peaks[0]:10.2f}{peaks[1]:12.2f}", flush=True)
        self._before = now

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.monotonic(), sum(os.times()[:4])


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--input", type=Path, required=True, metavar="DOCUMENTS")
    parser.add_argument("--processes", type=int, default=2)
    arguments = parser.parse_args()
    print(run(arguments.folder, arguments.input, arguments.processes, Clock()))


if __name__ == "__main__":
    main()
