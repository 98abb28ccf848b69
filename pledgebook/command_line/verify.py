"""`pledgebook verify`: check the files of a version."""

from __future__ import annotations

import typer

from pledgebook.command_line.options import RELEASES, Releases, Version
from pledgebook.releases.places.place import entry_of
from pledgebook.releases.unchecked import unchecked
from pledgebook.releases.verification import verify_release


def verify(version: Version = "latest", releases: Releases = RELEASES) -> None:
    """Check sums, signature, schemas, keys and every quote of a version; exit code 1 when something is wrong.

    What could not be checked is told.

    Example: pledgebook verify 1.2.0
    """
    entry = entry_of(releases, version)
    problems = verify_release(releases, entry.version)
    for problem in problems:
        print(problem)
    if entry.withdrawn is not None:
        print(f"Version {entry.version} was withdrawn: {entry.withdrawn}")
    if problems:
        raise typer.Exit(1)
    for told in unchecked(releases, entry.version):
        print(told)
    print(f"Version {entry.version} in {releases} is sound.")
