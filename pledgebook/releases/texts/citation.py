"""How a version is cited."""

from __future__ import annotations

TITLE = "Pledgebook: what governments promised each other"
CREATORS = "The Pledgebook developers"


def citation(version: str, date: str) -> str:
    """Return the citation of a version; `date` is its day, as 2026-11-23."""
    return f"{CREATORS} ({date[:4]}). {TITLE}. Version {version} [data set]."
