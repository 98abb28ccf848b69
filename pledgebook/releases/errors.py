"""What can stop a release; each error is one message that says what to do."""

from __future__ import annotations


class ReleaseError(Exception):
    """A release cannot be made or read; the message says why, and what stands."""


class BrokenColumn(ReleaseError):
    """A whole column is missing, of the wrong type, or empty where it may not be."""


class StaleCorrection(ReleaseError):
    """A line of the corrections no longer fits the row that it corrects."""


class PlaceBusy(ReleaseError):
    """Another run is publishing to the same place."""


class PublicationFailed(ReleaseError):
    """The files of a version could not be written; the message says what stands."""


class UnknownVersion(ReleaseError):
    """The place lists no such version."""


def reason(error: OSError) -> str:
    """Name what the system refused, and the file where it says which."""
    said = error.strerror or str(error)
    return f"{said} ({error.filename})" if error.filename else said
