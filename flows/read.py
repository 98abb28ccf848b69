"""The flow `read`: parse and extract in batches, each a task that leaves its tables in the work area."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from prefect import Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed

from flows.task_runner import task_runner
from pledgebook.progress import Advance, progress
from pledgebook.runs.plan import Batch
from pledgebook.runs.selection import Selection
from pledgebook.runs.steps import choose, extract_batch, parse_batch
from pledgebook.runs.work_area import WorkArea


@task(cache_policy=NO_CACHE, task_run_name="parse {batch}")
def parse(area: str, raw: Path, batch: str) -> None:
    """Readouts of one batch; see `parse_batch`."""
    parse_batch(WorkArea(area), raw, batch)


@task(cache_policy=NO_CACHE, task_run_name="extract {batch}")
def extract(area: str, batch: str, chosen: str | None) -> None:
    """Commitments of one batch; see `extract_batch`."""
    extract_batch(WorkArea(area), batch, chosen)


@flow(name="read", task_runner=task_runner(), validate_parameters=False)
def read(area: str, raw: Path, batches: Sequence[Batch], selection: Selection) -> str | None:
    """Read the batches that lie in the work area; return the name of the choice made among their readouts, None for all."""
    total = sum(batch.size for batch in batches)
    with progress("Reading", total) as advance:
        _do(parse, batches, lambda batch: {"area": area, "raw": raw, "batch": batch.name}, advance)
    chosen = choose(WorkArea(area), batches, selection)
    with progress("Extracting", total) as advance:
        _do(extract, batches, lambda batch: {"area": area, "batch": batch.name, "chosen": chosen}, advance)
    return chosen


def _do(
    step: Task[Any, None], batches: Sequence[Batch], parameters: Callable[[Batch], dict[str, Any]], advance: Advance
) -> None:
    """Do a step for every batch. A single batch is done here: to start processes for it would take longer than the step."""
    if len(batches) == 1:
        step(**parameters(batches[0]))
        return
    futures = {step.submit(**parameters(batch)): batch.size for batch in batches}
    done: Iterable[Any] = as_completed(list(futures))
    for future in done:
        future.result()
        advance(futures[future])
