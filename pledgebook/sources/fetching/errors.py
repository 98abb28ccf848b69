"""Why an address was not fetched, told apart by what may help."""

from __future__ import annotations


class FetchError(Exception):
    """An address that was not fetched. check: short code for the quarantine table; the message is one sentence that says why."""

    def __init__(self, check: str, reason: str) -> None:
        super().__init__(reason)
        self.check = check
        self.reason = reason


class Refused(FetchError):
    """We do not fetch it, and trying again would not help: forbidden by robots.txt, a private address, too large, a loop."""


class Unreachable(FetchError):
    """The site did not answer, or not as it should; another run may have more luck."""


class Busy(Unreachable):
    """The site asks for more patience than one run has."""
