"""`pledgebook withdraw`: mark a version as one that nobody should use."""

from __future__ import annotations

from typing import Annotated

import typer

from pledgebook.command_line.options import RELEASES, Releases
from pledgebook.releases.withdraw import withdraw_version


def withdraw(
    version: Annotated[str, typer.Argument(help="Number of the version, or latest.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for those who have used it.")],
    releases: Releases = RELEASES,
) -> None:
    """Withdraw a version: its files stay, index, changelog and feed say why, and latest names the last good one.

    Example: pledgebook withdraw 1.3.0 --reason "amounts of March were read in the wrong currency"
    """
    number, latest = withdraw_version(releases, version, reason)
    print(f"Version {number} is withdrawn; latest is {latest or 'none'}.")
