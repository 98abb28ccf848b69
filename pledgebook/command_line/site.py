"""`pledgebook site`: the web page of a version."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pledgebook.command_line.options import RELEASES, Releases, Version

SITE = Path("data/site")


def site(
    version: Version = "latest",
    to: Annotated[Path, typer.Option("--to", help="Folder that the site is written to.")] = SITE,
    open_: Annotated[bool, typer.Option("--open", help="Serve it on this machine until Ctrl-C, and show it.")] = False,
    releases: Releases = RELEASES,
) -> None:
    """Build the web page of a version: static files that any web server can hand out.

    Example: pledgebook site 1.2.0 --to public
    """
    from pledgebook.site.build import build_site

    built = build_site(to, version, releases)
    for sentence in built.lacking:
        print(sentence)
    print(f"The site of version {built.version} is in {to}: {built.pages:,} pages.")
    if open_:
        from pledgebook.site.serving import serve_site

        serve_site(to)
