"""The claim of the one run that publishes to a prefix of a bucket, or works on the raw archive there.

It is made only where none is, and renewed while files go up. A run that was killed leaves its claim: the next run takes
it over once it has not been renewed for `LEASE`, told by the store's own clock.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from time import monotonic

from pledgebook.releases.errors import PlaceBusy
from pledgebook.releases.places.bucket import Bucket, Changed, Stored

CLAIM = ".claim"
LEASE = timedelta(minutes=15)


class Claim:
    """The claim of one run on a prefix of a bucket.

    doing: what the run does there, for the message to others; token: what stands in the claim, by which the run knows its own again; a new
    one where none is given. `taken_over` tells afterwards whether the claim was one that another run had left.
    """

    def __init__(self, bucket: Bucket, address: str, *, doing: str = "publishing to", token: str | None = None) -> None:
        self.bucket, self.address, self.doing = bucket, address, doing
        self.token = token or uuid.uuid4().hex
        self.tag = ""
        self.renewed = monotonic()
        self.taken_over = False

    def take(self) -> None:
        """Make the claim, or take over one that nobody renews. Raises PlaceBusy."""
        try:
            self.tag = self.bucket.create(CLAIM, self.token.encode())
        except Changed:
            self.take_over()

    def take_over(self) -> None:
        """Replace a claim that nobody has renewed for the lease. Raises PlaceBusy."""
        try:
            held = self.bucket.get(CLAIM)
        except FileNotFoundError:
            raise self.busy() from None
        if self.bucket.now() - held.modified < LEASE:
            raise self.busy(held)
        self.tag = self.replaced(held.tag)
        self.taken_over = True

    def renew(self) -> None:
        """Show that this run still lives. Raises PlaceBusy when another run took the claim over."""
        self.tag = self.replaced(self.tag)
        self.renewed = monotonic()

    def renew_in_time(self) -> None:
        """Renew the claim once a good part of the lease has gone by."""
        if monotonic() - self.renewed > LEASE.total_seconds() / 5:
            self.renew()

    def replaced(self, tag: str) -> str:
        """Write the claim in the place of the one with this tag."""
        try:
            return self.bucket.update(CLAIM, self.token.encode(), tag)
        except Changed:
            raise self.busy() from None

    def give_back(self) -> None:
        """Take the claim away, if it is still that of this run."""
        try:
            if self.bucket.get(CLAIM).content == self.token.encode():
                self.bucket.delete([CLAIM])
        except FileNotFoundError:
            return

    def busy(self, held: Stored | None = None) -> PlaceBusy:
        """Return the error that says who publishes."""
        said = f"Another run is {self.doing} {self.address}; run again when it has finished."
        if held is None:
            return PlaceBusy(said)
        free = held.modified + LEASE
        return PlaceBusy(f"{said} If it was killed, its claim can be taken over after {free:%Y-%m-%d %H:%M} UTC.")
