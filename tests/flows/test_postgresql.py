"""One setting puts all that Prefect keeps into PostgreSQL: runs, what they show, and what the schedules plan."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.schedules import CronSchedule
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

from flows.processes import server
from pledgebook.releases.places.place import open_place, read_index

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("pledgebook")
INITDB = "/usr/lib/postgresql/*/bin/initdb"


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a database of PostgreSQL, which this starts from Debian's package."""
    found = sorted(Path("/").glob(INITDB.removeprefix("/")))
    if not found:
        pytest.skip(f"there is no {INITDB}: apt-get install postgresql")
    port = free_port()
    # It serves nobody who is root, and no other user may enter the folders of pytest.
    with TemporaryDirectory(prefix="postgresql-") as folder:
        user = "postgres" if os.geteuid() == 0 else None
        shutil.chown(folder, user or os.geteuid())

        def do(program: str, *options: str) -> None:
            command = [found[-1].with_name(program), f"--pgdata={folder}/data", *options]
            subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, timeout=120)

        do("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "--no-sync")
        where = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        do("pg_ctl", "start", "--wait", f"--options={where}", f"--log={folder}/log")
        try:
            yield f"postgresql+asyncpg://postgres@127.0.0.1:{port}/postgres"
        finally:
            do("pg_ctl", "stop", "--mode=immediate")


def test_runs_their_artifacts_and_schedules_stand_in_postgresql(database: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "raw" / "samples", tmp_path / "raw" / "samples")
    home = tmp_path / "prefect"
    environment = os.environ | {"PREFECT_HOME": str(home), "PREFECT_API_DATABASE_CONNECTION_URL": database}
    with server(free_port(), environment) as address, SyncPrefectClient(address) as client:
        places = ["--raw", tmp_path / "raw", "--releases", tmp_path / "releases"]
        told = os.environ | {"PREFECT_API_URL": address}
        subprocess.run([COMMAND, "run", *places], cwd=ROOT, env=told, check=True, timeout=240)
        assert [entry.version for entry in read_index(open_place(tmp_path / "releases"))] == ["0.1.0"]
        assert {run.state_name for run in client.read_flow_runs()} == {"Completed"}
        assert {"build", "progress", "changelog"} <= {artifact.key for artifact in client.read_artifacts()}

        daily = DeploymentScheduleCreate(schedule=CronSchedule(cron="17 4 * * *"))
        client.create_deployment(client.create_flow_from_name("update"), "daily", schedules=[daily])
        waiting = retry(
            retry=retry_if_result(lambda planned: not planned), wait=wait_fixed(0.5), stop=stop_after_delay(120)
        )
        assert waiting(lambda: [run for run in client.read_flow_runs() if run.auto_scheduled])()
    assert not list(home.glob("*.db")), "nothing is kept in SQLite"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
