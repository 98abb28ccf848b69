"""The deployments as they run unattended: a Prefect server, a worker and a test site, all real, all on this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

from flows.local_server import prefect, register, server, worker
from pledgebook.releases import read_table
from pledgebook.releases.places.place import open_place, read_index

from .pages import page, publish
from .site import Site

DEALS = "The United States and Norway agreed to open a joint office in Bergen.\n\nThe United States will deliver {} trucks to Norway."


@dataclass
class Scheduled:
    """A server with the deployments; `received` are the notifications."""

    address: str
    environment: dict[str, str]
    folder: Path
    received: list[dict[str, Any]]

    def ask(self, path: str, **content: Any) -> Any:
        """What the server answers to a filter."""
        return httpx.post(f"{self.address}/{path}", json=content, timeout=30).raise_for_status().json()

    def request(self, deployment: str, **parameters: Any) -> None:
        """Ask for a run of a deployment."""
        places = {"raw": str(self.folder / "raw"), "releases": str(self.folder / "processed")}
        told = json.dumps({"source": ["norland"], **places, **parameters})
        self.do("deployment", "run", f"update/{deployment}", "--params", told)

    def work(self) -> None:
        """Let a worker do what waits, and end."""
        assert worker(self.address, self.environment, "--run-once").wait(240) == 0

    def do(self, *command: str) -> None:
        known = self.environment | {"PREFECT_API_URL": self.address}
        subprocess.run(prefect(*command), env=known, check=True, stdin=subprocess.DEVNULL, timeout=120)

    def states(self) -> list[tuple[str, str]]:
        """Deployment run and state, in the order of their requests."""
        runs = self.ask("flow_runs/filter", sort="START_TIME_ASC")
        return sorted((run["created"], run["state"]["name"]) for run in runs if run["deployment_id"])

    def versions(self) -> list[str]:
        return [entry.version for entry in read_index(open_place(self.folder / "processed"))]

    def artifacts(self) -> dict[str, int]:
        """How many artifacts there are of each key."""
        keys = [artifact["key"] for artifact in self.ask("artifacts/filter")]
        return {key: keys.count(key) for key in keys}


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A web server that keeps what is posted to it."""
    received: list[dict[str, Any]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", received
        running.shutdown()


@pytest.fixture
def scheduled(registered: None, receiver: tuple[str, list[dict[str, Any]]], tmp_path: Path) -> Iterator[Scheduled]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {
        "PLEDGEBOOK_CONTACT": "tests@example.org",
        "PLEDGEBOOK_DELAY": "0",
        "PLEDGEBOOK_ALLOWED_HOSTS": "127.0.0.1",
        "PLEDGEBOOK_WEBHOOK": receiver[0],
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    }
    environment.pop("PREFECT_API_URL", None)
    with server(port, environment) as address:
        register(address, environment)
        yield Scheduled(address, environment, tmp_path, receiver[1])


@retry(retry=retry_if_result(lambda runs: not runs), wait=wait_fixed(0.5), stop=stop_after_delay(120))
def planned_runs(scheduled: Scheduled) -> list[Any]:
    runs = scheduled.ask("flow_runs/filter")
    return [run for run in runs if run["state"]["type"] == "SCHEDULED"]


def deal(site: Site, trucks: int) -> None:
    site.add("/call/deal", page("Joint Statement of the United States and Norway", DEALS.format(trucks)))
    publish(site, range(3))


def test_unattended(scheduled: Scheduled, site: Site) -> None:
    """First a version, then none, then the next one with the edit; what happened stands in artifacts and notifications."""
    assert {run["auto_scheduled"] for run in planned_runs(scheduled)} == {True}
    for deployment in ("daily", "weekly-full"):
        scheduled.do("deployment", "schedule", "clear", f"update/{deployment}", "--accept-yes")

    deal(site, 20)
    scheduled.request("daily")
    scheduled.work()
    assert scheduled.versions() == ["1.0.0"]
    assert [message["event"] for message in scheduled.received] == ["release"]
    assert {"build", "sources", "changelog", "quality", "growth", "commitments-parquet"} <= scheduled.artifacts().keys()

    deal(site, 25)
    scheduled.request("daily")
    scheduled.work()
    assert scheduled.versions() == ["1.0.0"], "the daily run asks for nothing that is known"

    # Two that come together: the pool takes one, the other waits for the next turn.
    scheduled.request("weekly-full")
    scheduled.request("daily")
    scheduled.work()
    finished = [name for _, name in scheduled.states()]
    assert finished.count("Completed") == 3 and len(finished) == 4
    scheduled.work()
    assert [name for _, name in scheduled.states()].count("Completed") == 4
    assert scheduled.versions() == ["1.0.0", "1.0.1"]
    assert [message["event"] for message in scheduled.received] == ["release", "release", "edited"]
    assert scheduled.received[2]["url"] == site.url("/call/deal")
    assert scheduled.artifacts()["sources"] == 4

    # A site that is down: the run fails once that has lasted, and the book stands.
    site.add("/sitemap.xml", "down", status=503)
    scheduled.request("daily", max_staleness=0)
    scheduled.work()
    assert scheduled.received[-1]["event"] == "failure"
    assert "norland has failed since" in scheduled.received[-1]["text"]
    assert scheduled.versions() == ["1.0.0", "1.0.1"]
    assert read_table(scheduled.folder / "processed", "readouts").height == 4
