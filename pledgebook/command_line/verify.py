"""`pledgebook verify`: check the files of a version."""

from __future__ import annotations

import typer

from pledgebook.command_line.options import RELEASES, Releases, Version
from pledgebook.releases import verify_release


def verify(version: Version = "latest", releases: Releases = RELEASES) -> None:
    """Check sums, schemas, keys and every quote of a version; exit code 1 when something is wrong.

    Example: pledgebook verify 1.2.0
    """
    problems = verify_release(releases, version)
    for problem in problems:
        print(problem)
    if problems:
        raise typer.Exit(1)
    print(f"Version {version} in {releases} is sound.")
