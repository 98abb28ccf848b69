"""The warning of a version that was withdrawn."""

from __future__ import annotations

import typer

from pledgebook.releases.places.index import Entry


def warn_of_withdrawn(*entries: Entry) -> None:
    """Prints a line on standard error for each of the versions that was withdrawn, with the reason."""
    for entry in entries:
        if entry.withdrawn is not None:
            typer.echo(f"pledgebook: version {entry.version} was withdrawn: {entry.withdrawn}", err=True)
