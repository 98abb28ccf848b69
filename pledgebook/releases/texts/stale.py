"""What a version says of the sources that could not be read to their end."""

from __future__ import annotations

from collections.abc import Sequence

from pledgebook.sources.fetching.source_visits import StaleSource


def stale_lines(stale: Sequence[StaleSource]) -> list[str]:
    """Return a line for each source: since when what it publishes may be missing."""
    return [
        f"{one.source}: not read to its end since {one.since:%Y-%m-%d}; what it published later may be missing."
        for one in stale
    ]


def stale_section(stale: Sequence[StaleSource]) -> str:
    """Return the part of the changelog that names them; nothing when there are none."""
    return (
        "\n".join(["### Sources that could not be read\n", *(f"- {line}" for line in stale_lines(stale))])
        if stale
        else ""
    )
