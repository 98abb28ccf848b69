"""The claim of a run on the raw archive in an object store, renewed beside whatever the run does."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from pledgebook.releases.errors import PlaceBusy
from pledgebook.releases.places.bucket import Bucket, StoreFailed
from pledgebook.releases.places.claim import LEASE, Claim
from pledgebook.sources.errors import ArchiveFailed

_TOKEN = ".token"


class ArchiveClaim:
    """A claim that a thread renews in time."""

    def __init__(self, address: str, token: str) -> None:
        """Claims the archive, or goes on with the claim of this token. Raises PlaceBusy, ArchiveFailed."""
        self._address = address
        self._claim = Claim(Bucket(address), address, doing="at work on", token=token)
        with self._told():
            self._claim.take()
            # One that a killed run of this machine left is as old as that.
            self._claim.renew()
        self._stopped = Event()
        self._thread = Thread(target=self._renew, daemon=True)
        self._thread.start()

    def confirm(self) -> None:
        """Return when the claim is still that of this run. Raises PlaceBusy when another run has taken it over, ArchiveFailed."""
        self._stop()
        with self._told():
            self._claim.renew()

    def give_back(self) -> None:
        """Take the claim away."""
        self._stop()
        # What came of the run counts more than a claim that stays behind.
        with suppress(OSError):
            self._claim.give_back()

    def _stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _renew(self) -> None:
        while not self._stopped.wait(LEASE.total_seconds() / 5):
            try:
                self._claim.renew()
            except StoreFailed:
                continue  # the next time may be in time
            except PlaceBusy:
                return  # told when the run wants to confirm it

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ArchiveFailed(f"the raw archive {self._address} cannot be written: {error}") from error


@contextmanager
def claimed(address: str, token: str) -> Iterator[ArchiveClaim]:
    """Hold the claim on an archive. Raises PlaceBusy, ArchiveFailed."""
    claim = ArchiveClaim(address, token)
    try:
        yield claim
    finally:
        claim.give_back()


def token_of(folder: Path) -> str:
    """What a working copy claims its archive with: a claim that a killed run left is its own."""
    path = folder / _TOKEN
    if not path.exists():
        path.write_text(uuid.uuid4().hex, "utf-8")
    return path.read_text("utf-8")
