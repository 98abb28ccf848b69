"""The deployments as they run unattended, day by day and when a machine or the server goes down on the way."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import yaml
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.automations import upsert
from pledgebook.releases.places.place import open_place, read_index
from pledgebook.releases.places.published import read_table
from pledgebook.releases.verification import verify_release

from .pages import page, publish
from .site import Site
from .unattended import Served, Unattended, state

AUTOMATIONS = Path(__file__).parents[3] / "deploy" / "automations.yaml"
DEALS = "The United States and Norway agreed to open a joint office in Bergen.\n\nThe United States will deliver {} trucks to Norway."


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


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("prefect"))
    try:
        server.start()
        server.register()
        yield server
    finally:
        server.stop()


@pytest.fixture
def unattended(
    served: Served, registered: None, receiver: tuple[str, list[dict[str, Any]]], tmp_path: Path, site: Site
) -> Unattended:
    """The deployments, which fetch four statements of the test site."""
    deal(site, 20)
    settings = {
        "PLEDGEBOOK_CONTACT": "tests@example.org",
        "PLEDGEBOOK_DELAY": "0",
        # A server takes a while to come again on a busy machine.
        "PLEDGEBOOK_READ_TIMEOUT": "240",
        "PLEDGEBOOK_DOCUMENT_TIMEOUT": "240",
        "PLEDGEBOOK_ALLOWED_HOSTS": "127.0.0.1",
        "PLEDGEBOOK_SOURCES": str(tmp_path / "own-sources"),
        "PLEDGEBOOK_WEBHOOK": receiver[0],
        "PLEDGEBOOK_RELEASES": str(tmp_path / "processed"),
    }
    return Unattended(served, tmp_path, settings, receiver[1])


def deal(site: Site, trucks: int) -> None:
    site.add("/call/deal", page("Joint Statement of the United States and Norway", DEALS.format(trucks)))
    publish(site, range(3))


def versions(unattended: Unattended) -> list[str]:
    """The versions that are published; each is whole, and nothing else has the name of one."""
    place = unattended.folder / "processed"
    found = [entry.version for entry in read_index(open_place(place))]
    assert sorted(f"v{version}" for version in found) == sorted(path.name for path in place.glob("v*"))
    assert [verify_release(place, version) for version in found] == [[] for _ in found]
    return found


def test_unattended(unattended: Unattended, site: Site) -> None:
    """First a version, then none, then the next one with the edit; what happened stands in artifacts and notifications."""
    assert {run.auto_scheduled for run in unattended.server.planned} == {True}
    with unattended.working():
        first = unattended.run("daily")
        assert versions(unattended) == ["1.0.0"]
        assert [message["event"] for message in unattended.received] == ["release"]
        shown = unattended.artifacts(first)
        assert {"build", "sources", "changelog", "quality", "growth", "commitments-parquet"} <= shown.keys()
        assert shown["progress"] == 100

        # Two that come together: the pool takes one, the other waits for its turn. Only the second asks for what is known.
        deal(site, 25)
        numbers = [unattended.request("daily"), unattended.request("weekly-full")]
        daily, full = (unattended.ended(number) for number in numbers)
        assert daily.end_time <= full.start_time  # type: ignore[operator]
        assert versions(unattended) == ["1.0.0", "1.0.1"]
        assert ["changelog" in unattended.artifacts(run) for run in (daily, full)] == [False, True]
        assert "sources" in unattended.artifacts(daily)
        assert [message["event"] for message in unattended.received] == ["release", "release", "edited"]
        assert unattended.received[2]["url"] == site.url("/call/deal")

        # A site that is down: the run fails once that has lasted, and the book stands.
        site.add("/sitemap.xml", "down", status=503)
        last = unattended.run("daily", max_staleness=0)
    assert [state(run).name for run in (first, daily, full, last)] == [*["Completed"] * 3, "Failed"]
    assert unattended.received[-1]["event"] == "failure"
    assert "norland has failed since" in unattended.received[-1]["text"]
    assert versions(unattended) == ["1.0.0", "1.0.1"]
    assert read_table(unattended.folder / "processed", "readouts").height == 4


def test_what_is_killed_in_a_run_is_gone_on_with(unattended: Unattended, site: Site, tmp_path: Path) -> None:
    """First the worker and its run are killed, then, in the next run, the server; no document is fetched twice."""
    server, documents = unattended.server, ["/call/deal", "/call/0", "/call/1", "/call/2"]
    with temporary_settings({PREFECT_API_URL: server.address}):
        upsert(soon(tmp_path / "soon.yaml"))
        with unattended.working() as process:
            number = unattended.request("daily")
            site.answers["/call/2"] = lambda handler: unattended.kill_with_its_run(process, number)
            dead = unattended.ended(number)
        upsert(AUTOMATIONS)
    assert (process.returncode, state(dead).name) == (-signal.SIGKILL, "Crashed")
    assert "no sign of life" in state(dead).message
    assert site.asked("/call/") == documents and versions(unattended) == []

    # The server is killed, and comes again, while the site takes its time to answer.
    asked, back = Event(), Event()

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        back.wait(240)
        del site.answers["/call/2"]
        handler.do_GET()  # type: ignore[attr-defined]

    site.answers["/call/2"] = slowly
    with unattended.working():
        number = unattended.request("daily")
        assert asked.wait(120)
        lease = state(server.client.read_flow_run(number)).state_details.deployment_concurrency_lease_id
        server.kill()
        server.start()
        # The run asks for this every few minutes, and ends when it is refused.
        server.client.renew_concurrency_lease(lease, 300)
        back.set()
        assert state(unattended.ended(number)).name == "Completed"
    assert versions(unattended) == ["1.0.0"]
    given = [request.path for request in site.requests if request.path.startswith("/call/") and request.sent]
    assert given == documents
    assert {limit.active_slots for limit in server.client.read_global_concurrency_limits()} == {0}


def soon(path: Path) -> Path:
    """The automations of the project, but that they wait for seconds where those wait for minutes."""
    told = yaml.safe_load(AUTOMATIONS.read_text("utf-8"))
    for automation in told["automations"]:
        automation["trigger"]["within"] = 10  # the least that Prefect allows
    path.write_text(yaml.safe_dump(told), "utf-8")
    return path
