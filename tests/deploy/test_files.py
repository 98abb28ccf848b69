"""The units, the image and the containers: what they start exists, is pinned, is not root, and is given time to stop.

No container engine runs here: the files are read, not built.
"""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from datetime import timedelta
from importlib.metadata import requires, version
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .commands import COMPOSE, DEPLOY, ROOT, UNITS, understand

SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
# A run that will not end by itself is cancelled, for a minute; then the worker is given two to end.
AFTER_PATIENCE = 60 + 120


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(DEPLOY / f"{name}.service", "utf-8")
    return read


def patience(command: list[str]) -> int:
    return int(command[command.index("--patience") + 1])


def seconds(span: str) -> float:
    amount, measure = re.fullmatch("([0-9]+)([ms])", span).groups()  # type: ignore[union-attr]
    return timedelta(**{{"m": "minutes", "s": "seconds"}[measure]: int(amount)}).total_seconds()


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = (line.split("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): number for name, number in pairs}


def needed(name: str, extras: frozenset[str] = frozenset(), known: set[str] | None = None) -> set[str]:
    """All packages that one needs, by the metadata of those that are installed."""
    known = set() if known is None else known
    for line in requires(name) or ():
        wanted = Requirement(line)
        key = f"{canonicalize_name(wanted.name)}[{','.join(sorted(wanted.extras))}]"
        applies = wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras | {""})
        if applies and key not in known:
            known.add(key)
            needed(wanted.name, frozenset(wanted.extras), known)
    return known


@pytest.mark.parametrize("name", sorted(UNITS))
def test_a_unit_starts_what_exists_as_a_user_of_its_own_with_the_settings(name: str) -> None:
    service = unit(name)["Service"]
    understand(shlex.split(service["ExecStart"]))
    assert service["User"] == service["Group"] == "pledgebook"
    assert service["EnvironmentFile"] == "/etc/pledgebook.env"
    assert service["Restart"] in ("always", "on-failure")


def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for name in UNITS:
        text = (DEPLOY / f"{name}.service").read_text("utf-8")
        # It looks for the program that a unit starts, and the installation is not here.
        (tmp_path / f"{name}.service").write_text(
            text.replace("/srv/pledgebook/.venv/bin/python", sys.executable), "utf-8"
        )
    if verify := shutil.which("systemd-analyze"):
        command = [verify, "verify", *map(str, tmp_path.glob("*.service"))]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, "")
    ordered = ["pledgebook-server", "pledgebook-register", "pledgebook-worker"]
    for before, after in pairwise(ordered):
        told = unit(after)["Unit"]
        assert told["After"] == told["Requires"] == f"{before}.service", "what starts last has to stop first"


def test_a_worker_is_given_the_time_that_it_needs_to_stop_in_order() -> None:
    service = unit("pledgebook-worker")["Service"]
    assert service["KillMode"] == "mixed", "only the first process is told, and stops the others"
    assert int(service["TimeoutStopSec"]) > patience(shlex.split(service["ExecStart"])) + AFTER_PATIENCE
    worker = SERVICES["worker"]
    assert seconds(worker["stop_grace_period"]) > patience(worker["command"]) + AFTER_PATIENCE
    assert worker["init"] is True and worker["hostname"] == "worker", (
        "a new container is to know the runs of the old one"
    )


def test_the_image_installs_the_versions_that_the_tests_passed_with() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    steps = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    installs = [words for word, words in steps if word == "RUN" and "pip install" in words]
    assert len(installs) == 1 and "--constraint constraints.txt --editable ." in installs[0]
    ((_, base),) = [step for step in steps if step[0] == "FROM"]
    assert re.fullmatch(r"python:3\.11\.[0-9]+-slim-bookworm", base)
    assert [words for word, words in steps if word == "USER"][-1:] == ["pledgebook"]
    assert ["COPY", ". ."] in steps
    versions, wanted = pinned(), {key.partition("[")[0] for key in needed("pledgebook")}
    assert wanted > {"prefect", "polars", "pandera", "asyncpg", "sqlalchemy"}
    assert {name: version(name) for name in wanted} == {name: versions.get(name) for name in wanted}


def test_no_data_and_no_password_goes_into_the_image_or_the_repository() -> None:
    left_out = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert {".git", ".venv", "data/raw", "data/processed", "deploy/.env"} <= set(left_out)
    assert "deploy/.env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    settings = (DEPLOY / "pledgebook.env.example").read_text("utf-8")
    assert re.search("^POSTGRES_PASSWORD=$", settings, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_container_is_pinned_not_root_restarted_and_watched(name: str) -> None:
    service = SERVICES[name]
    image, _, tag = service["image"].partition(":")
    assert re.match("[0-9]+[.][0-9]+", tag), "a tag that stays what it is"
    if image == "pledgebook":
        assert tag == version("pledgebook")
        assert service["build"] == {"context": "..", "dockerfile": "deploy/Dockerfile"}
        assert service["env_file"] == ".env" and "user" not in service, "the image says as whom"
        understand(service["command"])
    else:
        assert service["user"] == "postgres"
    # The registration ends when it is done.
    assert service["restart"] == ("on-failure" if name == "register" else "unless-stopped")
    assert ("healthcheck" in service) == (name != "register")
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), "Prefect asks nobody who they are"


def test_what_is_written_lies_in_volumes_and_each_container_waits_for_what_it_needs() -> None:
    folders = {
        name: dict(volume.split(":") for volume in service.get("volumes", ())) for name, service in SERVICES.items()
    }
    assert folders["worker"] == {"raw": "/opt/pledgebook/data/raw", "processed": "/opt/pledgebook/data/processed"}
    assert folders["server"] == {"prefect": "/var/lib/pledgebook"}, "leases outlive a restart, and the runs with them"
    assert folders["database"] == {"database": "/var/lib/postgresql/data"}
    assert set(COMPOSE["volumes"]) == {name for mounted in folders.values() for name in mounted}
    assert SERVICES["server"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert SERVICES["worker"]["depends_on"]["register"] == {"condition": "service_completed_successfully"}
    address = SERVICES["server"]["environment"]["PREFECT_API_DATABASE_CONNECTION_URL"]
    assert address == "postgresql+asyncpg://prefect:${POSTGRES_PASSWORD}@database:5432/prefect"
    assert {SERVICES[name]["environment"]["PREFECT_API_URL"] for name in ("register", "worker")} == {
        "http://server:4200/api"
    }
