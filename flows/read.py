"""The flow `read`: parse and extract in batches, each a task that leaves its tables in the work area.

What a flow is given goes with each of its tasks: it is given addresses and names, however many documents there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from prefect import Task, flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed

from flows.server import shared_with_processes
from flows.task_runner import processes, task_runner
from pledgebook.progress import Advance, progress
from pledgebook.releases.places.published import published_readouts
from pledgebook.runs.plan import Batch, Plan, listing, listing_name
from pledgebook.runs.reader_hash import refuse_other_reader
from pledgebook.runs.selection import Selection
from pledgebook.runs.steps import choose, extract_batch, parse_batch
from pledgebook.runs.work_area import WorkArea, work_area_at


@task(cache_policy=NO_CACHE, task_run_name="parse {batch}")
def parse(area: str, raw: str, reader: str, batch: str) -> None:
    """Readouts of one batch; see `parse_batch`."""
    refuse_other_reader(reader)
    parse_batch(work_area_at(area), raw, batch)


@task(cache_policy=NO_CACHE, task_run_name="extract {batch}")
def extract(area: str, reader: str, batch: str, chosen: str | None) -> None:
    """Commitments of one batch; see `extract_batch`."""
    refuse_other_reader(reader)
    extract_batch(work_area_at(area), batch, chosen)


def read(area: WorkArea, raw: str, releases: str, plan: Plan, selection: Selection, *, alone: bool) -> str | None:
    """Read the batches of a plan, laid into the work area; return the name of the choice made among their readouts, None for all.

    alone: only this machine may read, since what there is lies nowhere else.
    """
    runner = processes() if alone else task_runner()
    listed = listing_name(plan.batches)
    area.write(f"{listed}/batches", listing(plan.batches))
    with shared_with_processes():
        chosen: str | None = read_batches.with_options(task_runner=runner)(
            area.address, raw, releases, plan.reader, listed, selection
        )
    return chosen


@flow(name="read", validate_parameters=False)
def read_batches(area: str, raw: str, releases: str, reader: str, listed: str, selection: Selection) -> str | None:
    """Read the batches that a table of the work area lists; see `read`."""
    tables = work_area_at(area)
    batches = [Batch(**row) for row in tables.read(f"{listed}/batches").iter_rows(named=True)]
    total = sum(batch.size for batch in batches)
    told = {"area": area, "reader": reader}
    with progress("Reading", total) as advance:
        _do(parse, batches, told | {"raw": raw}, advance)
    if selection.held_back:
        selection = replace(selection, published=published_readouts(releases))
    chosen = choose(tables, batches, selection)
    with progress("Extracting", total) as advance:
        _do(extract, batches, told | {"chosen": chosen}, advance)
    return chosen


def _do(step: Task[Any, None], batches: Sequence[Batch], parameters: dict[str, Any], advance: Advance) -> None:
    """Do a step for every batch. A single batch is done here: to start processes for it would take longer than the step."""
    if len(batches) == 1:
        step(**parameters, batch=batches[0].name)
        return
    futures = {step.submit(**parameters, batch=batch.name): batch.size for batch in batches}
    done: Iterable[Any] = as_completed(list(futures))
    for future in done:
        future.result()
        advance(futures[future])
