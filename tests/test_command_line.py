"""The command as a user types it: a release from the samples, a second run, tables, one document, verification."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from prefect.settings import PREFECT_API_URL

from pledgebook.command_line.interruption import MESSAGE

ROOT = Path(__file__).parents[1]
COMMAND = Path(sys.executable).parent / "pledgebook"
Command = Callable[..., subprocess.CompletedProcess[str]]
OFFICIAL = """---
title: Readout of the President's Call with Prime Minister Ola Berg of Norway
date: 2023-05-04
source_url: https://www.whitehouse.gov/briefing-room/statements-releases/2023/05/04/readout-of-a-call/
---
The President spoke today with Prime Minister Ola Berg of Norway. The two leaders agreed to open a joint
rescue office in Bergen by 2025. The United States will provide $3 million to Moldova for flood walls.
"""


def user_environment(**prefect: str) -> dict[str, str]:
    """What the other tests set for Prefect is not what a user has; `prefect` are settings of the user's own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")} | prefect


def in_a_process(*arguments: str | Path, **prefect: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user does, with these settings of Prefect."""
    words, told = [str(COMMAND), *map(str, arguments)], user_environment(**prefect)
    return subprocess.run(words, cwd=ROOT, env=told, capture_output=True, text=True, timeout=240, check=False)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, prefect_server: None) -> tuple[Path, Path]:
    """A raw folder with the samples, and the releases made from it, by a user who has a Prefect server."""
    folder = tmp_path_factory.mktemp("book")
    shutil.copytree(ROOT / "data" / "raw" / "samples", folder / "raw" / "samples")
    both = ["--raw", folder / "raw", "--releases", folder / "releases"]
    done = in_a_process("run", *both, PREFECT_API_URL=str(PREFECT_API_URL.value()))
    assert done.returncode == 0, done.stderr
    assert "Published version 0.1.0" in done.stdout
    return folder / "raw", folder / "releases"


def test_the_samples_make_a_demonstration_that_verifies(place: tuple[Path, Path], pledgebook: Command) -> None:
    done = pledgebook("verify", "--releases", place[1])
    assert (done.returncode, done.stderr) == (0, "")
    assert "sound" in done.stdout
    assert "demonstration" in (place[1] / "v0.1.0" / "README.md").read_text("utf-8")


def test_a_second_run_publishes_nothing_and_says_so(place: tuple[Path, Path], pledgebook: Command) -> None:
    before = (place[1] / "index.json").read_bytes()
    done = pledgebook("run", "--raw", place[0], "--releases", place[1])
    assert done.returncode == 0
    assert "nothing was published" in done.stdout
    assert (place[1] / "index.json").read_bytes() == before


def test_show_filters_and_counts(place: tuple[Path, Path], pledgebook: Command) -> None:
    done = pledgebook(
        "show",
        "--actor",
        "USA",
        "--recipient",
        "MEX",
        "--since",
        "2021-06-08",
        "--until",
        "2021-06-08",
        "--releases",
        place[1],
    )
    assert done.returncode == 0
    assert "130,000,000 USD" in done.stdout
    assert "2021-06-08" in done.stdout and "2025-" not in done.stdout


def test_extract_marks_each_quote_in_its_sentence(pledgebook: Command) -> None:
    before = sorted((ROOT / "data" / "raw").iterdir())
    done = pledgebook("extract", "data/raw/samples/2021-06-08-harris-lopez-obrador.md")
    assert done.returncode == 0
    assert "»" in done.stdout and "grant_or_aid" in done.stdout
    assert sorted((ROOT / "data" / "raw").iterdir()) == before


def test_verify_names_a_changed_file_and_fails(place: tuple[Path, Path], tmp_path: Path, pledgebook: Command) -> None:
    copy = Path(shutil.copytree(place[1], tmp_path / "copy"))
    with (copy / "v0.1.0" / "commitments.parquet").open("ab") as file:
        file.write(b"\0")
    done = pledgebook("verify", "--releases", copy)
    assert done.returncode == 1
    assert "commitments.parquet" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--input", "no-such-folder"], "no-such-folder"),
        (["run", "--source", "no-such-source"], "no-such-source"),
        (["run"], "raw; name the raw archive with --raw"),
        (["verify", "9.9.9"], "9.9.9"),
        (["show", "9.9.9"], "9.9.9"),
        (["run", "--since", "yesterday"], "yesterday"),
    ],
)
def test_wrong_use_is_one_message_that_names_the_word_and_exit_code_2(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    pledgebook: Command,
) -> None:
    raw = ["--raw", tmp_path / "raw"] if arguments[0] == "run" else []
    done = pledgebook(*arguments, *raw, "--releases", tmp_path / "releases")
    assert done.returncode == 2
    assert message in done.stderr and "Traceback" not in done.stderr


def test_official_text_makes_1_0_0_and_a_later_plain_run_still_has_it(tmp_path: Path, pledgebook: Command) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "call.md").write_text(OFFICIAL, "utf-8")
    (tmp_path / "in" / "blank.md").write_text("", "utf-8")
    shutil.copytree(ROOT / "data" / "raw" / "samples", tmp_path / "raw" / "samples")
    both = ["--raw", tmp_path / "raw", "--releases", tmp_path / "releases"]
    trial = pledgebook("run", "--input", tmp_path / "in", *both, "--dry-run")
    assert trial.returncode == 1 and "50.0% of the documents stand in quarantine" in trial.stdout
    refused = pledgebook("run", "--input", tmp_path / "in", *both)
    assert refused.returncode == 1 and "50.0% of the documents stand in quarantine" in refused.stdout
    accepted = ["--accept", "one file is blank"]
    first = pledgebook("run", "--input", tmp_path / "in", *both, *accepted)
    assert first.returncode == 0, first.stderr
    assert "version 1.0.0" in first.stdout and "blank.md" in first.stdout
    rows = pl.read_parquet(tmp_path / "releases" / "v1.0.0" / "commitments.parquet")
    assert rows.sort("char_start")["quote"].to_list() == [
        "agreed to open a joint rescue office in Bergen by 2025",
        "will provide $3 million to Moldova for flood walls",
    ]
    plain = pledgebook("run", *both)
    assert "version 1.1.0" in plain.stdout, plain.stderr
    latest = json.loads((tmp_path / "releases" / "latest.json").read_text("utf-8"))
    assert latest["version"] == "1.1.0"
    kept = pl.read_parquet(tmp_path / "releases" / "v1.1.0" / "commitments.parquet")
    assert set(rows["commitment_id"]) <= set(kept["commitment_id"])
    assert kept.height > rows.height


def test_a_dry_run_reads_what_is_given_and_writes_nothing(
    place: tuple[Path, Path], tmp_path: Path, pledgebook: Command
) -> None:
    (tmp_path / "call.md").write_text(OFFICIAL, "utf-8")
    before = sorted(place[0].rglob("*"))
    both = ["--raw", place[0], "--releases", place[1]]
    done = pledgebook("run", "--input", tmp_path / "call.md", "--dry-run", *both)
    assert done.returncode == 0, done.stderr
    assert "version 1.0.0 would be published" in done.stdout and "documents read 1" in done.stdout
    assert sorted(place[0].rglob("*")) == before


def test_extract_explains_what_counts_and_what_does_not(pledgebook: Command) -> None:
    done = pledgebook("extract", "data/raw/samples/2021-06-08-harris-lopez-obrador.md", "--explain")
    assert done.returncode == 0
    assert " counts · " in done.stdout and "does not count · " in done.stdout


def test_ctrl_c_ends_a_run_with_one_line_and_the_next_run_completes(tmp_path: Path) -> None:
    """Both runs start Prefect's temporary server, as for a user who has no other; its database is that of this test alone."""
    prefect = {"PREFECT_HOME": str(tmp_path / "prefect")}
    documents, places = tmp_path / "documents", ["--releases", tmp_path / "releases", "--raw", tmp_path / "raw"]
    documents.mkdir()
    for number in range(300):
        head = f"---\ntitle: Call {number}\ndate: 2021-06-08\nissuer: USA\n---\n"
        body = (
            f"The President spoke with the Prime Minister of Norway. Norway will send {number} ships to the strait.\n"
        )
        (documents / f"{number}.md").write_text(head + body, "utf-8")
    running = subprocess.Popen(
        [COMMAND, "run", "--input", documents, *places],
        cwd=ROOT,
        env=user_environment(**prefect),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    index = tmp_path / "raw" / "index.sqlite"
    while not index.exists() and running.poll() is None:
        time.sleep(0.005)  # far less than it takes to load the documents
    os.killpg(running.pid, signal.SIGINT)
    said = running.communicate(timeout=60)[1]
    assert (running.returncode, said.strip()) == (1, MESSAGE)
    again = in_a_process("run", "--input", documents, *places, **prefect)
    assert again.returncode == 0 and "documents read 300" in again.stdout
