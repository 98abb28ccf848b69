"""Whether the commands that people and machines are told to run would be understood."""

from __future__ import annotations

import re
from pathlib import Path

import typer
import yaml
from prefect.cli._app import _app as prefect_command

from flows.local_server import command_line
from pledgebook.command_line import application

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = {path.stem for path in DEPLOY.glob("*.service")}
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
# Programs of the system, which are trusted to be called as their manuals say.
OF_THE_SYSTEM = {
    "apt-get",
    "cd",
    "cp",
    "createdb",
    "createuser",
    "editor",
    "export",
    "git",
    "install",
    "journalctl",
    "mkdir",
    "useradd",
}
OPTION = re.compile("-{1,2}[a-z]")


def understand(words: list[str]) -> None:
    """Fail where a command, an option, a unit, a service, a target or a file does not exist."""
    program, rest = words[0].rpartition("/")[2], words[1:]
    for word in rest:
        assert not word.startswith("deploy/") or list(ROOT.glob(word)) or word == "deploy/.env", f"no file {word}"
    if program in ("python", "python3") and rest[:2] == ["-m", "flows.local_server"]:
        told, options = command_line().parse_known_args(rest[2:])
        assert told.task == "work" or not options
        understand(["prefect", "worker", "start", *options])
    elif program in ("python", "python3") and rest[:2] == ["-m", "prefect"]:
        understand(rest[1:])
    elif program == "prefect":
        prefect_command.parse_args(rest, exit_on_error=False, print_error=False)
    elif program == "pledgebook":
        command = typer.main.get_command(application)
        command.commands[rest[0]].make_context(rest[0], rest[1:])  # type: ignore[attr-defined]
    elif program == "make":
        assert re.search(rf"^{re.escape(rest[-1])}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    elif program == "systemctl":
        assert {word for word in rest[1:] if not OPTION.match(word) and "*" not in word} <= UNITS
    elif words[:4] == ["docker", "compose", "-f", "deploy/compose.yaml"]:
        if words[4] == "exec":
            assert words[5] in COMPOSE["services"]
            understand(words[6:])
    elif program == "systemd-run":
        understand(words[next(place for place, word in enumerate(words) if place and not OPTION.match(word)) :])
    elif words[:2] == ["sudo", "-u"]:
        understand(words[3:])
    else:
        assert program in OF_THE_SYSTEM, f"{program} is not known"
