"""`pledgebook sources`: which sources there are, and whether one still has the layout that its file describes."""

from __future__ import annotations

from typing import Annotated

import typer

from pledgebook.sources import registry
from pledgebook.sources.fetching.check import check_source
from pledgebook.sources.fetching.settings import fetch_settings

sources = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@sources.callback()
def list_sources(context: typer.Context) -> None:
    """List the sources, or check one.

    Example: pledgebook sources check white-house
    """
    if context.invoked_subcommand is None:
        width = max(map(len, registry.sources()))
        for source in registry.sources().values():
            ways = ", ".join(dict.fromkeys(discovery.method for discovery in source.discover)) or "loaded with --input"
            seen = "" if source.checked or not source.discover else " (layout not checked yet)"
            print(f"{source.name:<{width}}  {source.title}: {ways}{seen}")


@sources.command()
def check(name: Annotated[str, typer.Argument(help="Name of a source.")]) -> None:
    """Discover three documents of a source, parse them, and name what is missing; exit code 1 when anything is.

    Example: pledgebook sources check white-house
    """
    result = check_source(registry.source_named(name), fetch_settings())
    for line in result.lines:
        print(line)
    if not result.holds:
        raise typer.Exit(1)
