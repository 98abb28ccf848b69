"""Tables to a release: checks, the whole book, identifiers, difference, version, and files, whole or not at all."""

from __future__ import annotations

from pledgebook.releases.outcome import Outcome
from pledgebook.releases.places.published import published_readouts, read_table
from pledgebook.releases.release import make_release
from pledgebook.releases.verification import verify_release

__all__ = ["Outcome", "make_release", "published_readouts", "read_table", "verify_release"]
