"""docs/operating.md: its commands exist, its backup can be restored, and its alerts are those that are sent."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from running import run

from .commands import ROOT, understand

DOCUMENT = (ROOT / "docs" / "operating.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if not line.startswith("PREFECT_")]


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
    statement = lost / "statement.md"
    statement.write_text(
        "---\ntitle: Call\ndate: 2021-06-08\nissuer: NOR\n---\nNorway will send ships to Estonia.\n", "utf-8"
    )
    _, outcome = run(lost / "data", statement)
    assert outcome.version == "1.0.0"

    def do(section: str, checkout: Path) -> None:
        commands = commands_of(section).replace("/mnt/backup", str(tmp_path / "backup"))
        subprocess.run(["bash", "-euc", commands], cwd=checkout, env=environment, check=True, timeout=120)

    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLEDGEBOOK_")}
    do("Backup", lost)
    (restored / "data" / "raw").mkdir(parents=True)
    do("Restore", restored)
    sums = "data/processed/v1.0.0/SHA256SUMS"
    assert (restored / sums).read_bytes() == (lost / sums).read_bytes()
    planned, outcome = run(restored / "data")
    assert (outcome.version, outcome.previous) == (None, "1.0.0")
    assert [batch.size for batch in planned.batches] == [1], "what was read is not part of the copy: it is read again"
