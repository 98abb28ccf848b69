"""What a version says of the sources that could not be read to their end."""

from __future__ import annotations

from collections.abc import Sequence

from pledgebook.sources.fetching.source_visits import StaleSource


def stale_section(stale: Sequence[StaleSource]) -> str:
    """Return the part of the changelog that says since when what a source publishes may be missing; nothing when there is none."""
    lines = [
        f"- {one.source}: not read to its end since {one.since:%Y-%m-%d}; what it published later may be missing."
        for one in stale
    ]
    return "\n".join(["### Sources that could not be read\n", *lines]) if lines else ""
