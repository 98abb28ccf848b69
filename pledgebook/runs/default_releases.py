"""Where releases are kept when nobody says otherwise: the same for the command and for scheduled runs."""

from __future__ import annotations

import os

RELEASES, RELEASES_VARIABLE = "data/processed", "PLEDGEBOOK_RELEASES"


def releases_place(given: str | None) -> str:
    """Return the given place or, where none is given, the one that `PLEDGEBOOK_RELEASES` names, else `data/processed`."""
    return given if given is not None else os.environ.get(RELEASES_VARIABLE) or RELEASES
