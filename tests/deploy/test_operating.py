"""docs/operating.md: its commands exist, its backup can be restored, and its alerts are those that are sent."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from running import run

from pledgebook.releases.verification import verify_release

from .commands import ROOT, understand

DOCUMENT = (ROOT / "docs" / "operating.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if not line.startswith("PREFECT_")]
SENTENCES = ("Norway will send ships to Estonia.", "Norway will build a school in Tartu.")


def commands_of(section: str) -> str:
    """The commands of the first block of a section."""
    part = DOCUMENT.split(f"\n## {section}\n", 1)[1]
    return part.split("```\n", 2)[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_document_is_understood(command: str) -> None:
    understand(shlex.split(command))


def test_each_text_of_an_alert_is_one_that_is_sent() -> None:
    sources = [path for folder in ("flows", "pledgebook", "deploy") for path in (ROOT / folder).rglob("*.[py]*")]
    written = "\n".join(path.read_text("utf-8") for path in sources if path.suffix in (".py", ".yaml"))
    tables = DOCUMENT.split("\n## What an alert means\n")[1].split("\nThree things only the pages")[0]
    rows = [row for row in tables.splitlines() if row.startswith("|")]
    texts = [text for row in rows for text in re.findall("`([^`]+)`", row.split("|")[1])]
    assert len(texts) > 12
    assert [text for text in texts if text not in written] == []


def test_a_backup_is_restored_whole_and_a_further_run_publishes_nothing(tmp_path: Path) -> None:
    lost, restored = tmp_path / "lost", tmp_path / "restored"
    for checkout in (lost, restored):
        checkout.mkdir()
        (checkout / ".venv").symlink_to(ROOT / ".venv")
    for number, sentence in enumerate(SENTENCES, start=1):
        statement = lost / f"{number}.md"
        statement.write_text(
            f"---\ntitle: Call {number}\ndate: 2021-06-0{number}\nissuer: NOR\n---\n{sentence}\n", "utf-8"
        )
        _, outcome = run(lost / "data", statement)
    assert outcome.version == "1.1.0"

    def do(section: str, checkout: Path) -> None:
        commands = commands_of(section).replace("/mnt/backup", str(tmp_path / "backup"))
        subprocess.run(["bash", "-euc", commands], cwd=checkout, env=environment, check=True, timeout=120)

    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLEDGEBOOK_")}
    do("Backup", lost)
    (restored / "data" / "raw").mkdir(parents=True)
    do("Restore", restored)
    assert verify_release(restored / "data" / "processed") == []
    for version in ("v1.0.0", "v1.1.0"):
        sums = "data/processed/" + version + "/SHA256SUMS"
        assert (restored / sums).read_bytes() == (lost / sums).read_bytes()
    planned, outcome = run(restored / "data")
    assert outcome.version is None and outcome.previous == "1.1.0"
    assert sum(batch.size for batch in planned.batches) == 2, "what was read is not part of the copy: it is read again"
