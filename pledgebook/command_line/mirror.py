"""`pledgebook mirror`: copy all versions to another place."""

from __future__ import annotations

from typing import Annotated

import typer

from pledgebook.command_line.options import RELEASES, Releases
from pledgebook.releases.mirror import mirror_releases


def mirror(
    place: Annotated[str, typer.Argument(help="Folder or s3:// address to copy to.")], releases: Releases = RELEASES
) -> None:
    """Copy every published version to another place, and check each file there against its sum.

    Example: pledgebook mirror s3://archive/pledgebook
    """
    copied, held, mended = mirror_releases(releases, place)
    again = f", {mended} made whole again" if mended else ""
    print(
        f"{place} holds all {copied + held} versions of {releases}, each file checked; {copied} were copied now{again}."
    )
