"""What can go wrong while loading, told apart by who has to act."""

from __future__ import annotations


class WrongUse(Exception):
    """The user asked for something that cannot be done: a folder that does not exist, a store that is none."""


class StorageFull(OSError):
    """The disk holding the captures is full; what was stored before stays readable."""


class ArchiveFailed(Exception):
    """A raw archive in an object store cannot be read or written."""


class UnreadableDocument(Exception):
    """A document that cannot become a readout.

    check: short code for the quarantine table (`not_text`, `no_date`, ...); reason: one sentence that says what to do;
    column: the column of the readouts table that cannot be filled, or None; value: what stood there, or None.
    """

    def __init__(self, check: str, reason: str, *, column: str | None = None, value: str | None = None) -> None:
        super().__init__(reason)
        self.check = check
        self.reason = reason
        self.column = column
        self.value = value
