"""Options that several subcommands share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from pledgebook.runs import default_releases

Releases = Annotated[
    str,
    typer.Option(
        "--releases",
        envvar=default_releases.RELEASES_VARIABLE,
        help="Folder or s3:// address that releases are kept at.",
    ),
]
Raw = Annotated[str, typer.Option("--raw", help="Folder or s3:// address of the raw archive.")]
Since = Annotated[datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="First day, as 2021-06-08.")]
Until = Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Last day, as 2021-06-30.")]
Version = Annotated[str, typer.Argument(help="Number of a version, or latest.")]

RELEASES, RAW = default_releases.RELEASES, "data/raw"
