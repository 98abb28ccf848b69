"""The deployments that `prefect.yaml` describes, served from one process."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml
from prefect import Flow, serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.flows import load_flow_from_entrypoint
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.processes import NotReady, NotServed, own_port, server
from pledgebook.sources.errors import WrongUse

ROOT = Path(__file__).parents[1]
DESCRIBED = ROOT / "prefect.yaml"


def deployments() -> list[RunnerDeployment]:
    """All deployments, each with its schedule, limit, tags, description and parameters."""
    return [_deployment(told) for told in yaml.safe_load(DESCRIBED.read_text("utf-8"))["deployments"]]


def _deployment(told: dict[str, Any]) -> RunnerDeployment:
    path, _, name = told["entrypoint"].partition(":")
    flow: Flow[..., Any] = load_flow_from_entrypoint(f"{ROOT / path}:{name}")
    deployment: RunnerDeployment = flow.to_deployment(  # type: ignore[assignment]  # awaitable only where a loop runs
        name=told["name"],
        description=told["description"],
        tags=told["tags"],
        parameters=told["parameters"],
        schedules=[CronSchedule(**schedule) for schedule in told.get("schedules", ())],
        concurrency_limit=ConcurrencyLimitConfig(**told["concurrency_limit"]),
    )
    return deployment


def serve_deployments() -> None:
    """Run what the schedules ask for, one run at a time, until the process is stopped.

    The server is the one that PREFECT_API_URL names, else one of its own, in a session of its own: Ctrl-C must not end it before the runs.
    Raises WrongUse when no server can be started.
    """
    if PREFECT_API_URL.value():
        serve(*deployments(), limit=1)
        return
    try:
        with server(own_port(os.environ), os.environ) as address, temporary_settings({PREFECT_API_URL: address}):
            serve(*deployments(), limit=1)
    except (NotReady, NotServed) as error:
        raise WrongUse(str(error)) from error
