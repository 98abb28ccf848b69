"""A prefix of a bucket that releases are published to, under a claim; the index is the commit point.

A run that took over a claim writes the index anew, its versions unchanged but with a mark: the run that was thought dead
can commit no more, since an index goes up only in the place of the one that was read. Its files cannot take the place of
ours either, since files of a version go up only where none is.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from pledgebook.releases.errors import PlaceBusy, PublicationFailed
from pledgebook.releases.places.bucket import Bucket, Changed, OutcomeUnknown, StoreFailed
from pledgebook.releases.places.claim import Claim
from pledgebook.releases.places.disk import files_below
from pledgebook.releases.places.index import INDEX, index_text, parse_index


class Held(NamedTuple):
    """The index as this run knows it: its bytes and its tag, or neither when there is none."""

    content: bytes | None
    tag: str | None


class ObjectPlace:
    """A place in an object store; see `Place`."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.bucket = Bucket(self.address)
        self.claim = Claim(self.bucket, self.address)
        self.staging: Path | None = None
        # The index as it was when the place was claimed: what follows from it must not go over a newer one.
        self.held: Held | None = None

    @contextmanager
    def publishing(self) -> Iterator[None]:
        """Claim the place, and give the claim back at the end."""
        try:
            self.claim.take()
        except OSError as error:
            raise PublicationFailed(f"{self.address} cannot be written: {error}.") from error
        try:
            self.hold_index()
            yield
        finally:
            self.held = None
            # What came of the run counts more than a claim that stays behind: the next run takes it over.
            with suppress(OSError):
                self.claim.give_back()

    def hold_index(self) -> None:
        """Read the index, and mark it when another run had left its claim. Raises PublicationFailed, PlaceBusy."""
        try:
            self.held = self.index()
            if self.claim.taken_over:
                listed = parse_index(self.held.content, self.shown(INDEX))
                self.commit(index_text(listed, claimed_by=self.claim.token))
        except OSError as error:
            raise PublicationFailed(f"{self.address} cannot be written: {error}.") from error

    def index(self) -> Held:
        """Return the index as it is now."""
        try:
            stored = self.bucket.get(INDEX)
        except FileNotFoundError:
            return Held(None, None)
        return Held(stored.content, stored.tag)

    def read(self, name: str) -> bytes:
        """Return the bytes of an object; while the place is held, the index is what it was then."""
        if name == INDEX and self.held is not None:
            if self.held.content is None:
                raise FileNotFoundError(self.shown(name))
            return self.held.content
        return self.bucket.get(name).content

    def readable(self, name: str) -> BytesIO:
        """Return an object as a file in memory."""
        return BytesIO(self.read(name))

    def files(self, folder: str) -> list[str]:
        """Return the names of the files of a version."""
        return self.bucket.names(folder)

    def folders(self) -> set[str]:
        """Return the names of the folders in the place."""
        return self.bucket.folders()

    def shown(self, name: str) -> str:
        """Return the address of an object."""
        return f"{self.address}/{name}"

    def open_staging(self) -> Path:
        """Make a folder on this machine, from which the files go up."""
        self.staging = Path(tempfile.mkdtemp(prefix="pledgebook-"))
        return self.staging

    def take_in(self, staging: Path, folder: str) -> None:
        """Put the files where none are, and read each back. Raises StoreFailed, PlaceBusy."""
        written = files_below(staging)
        for file in written:
            self.claim.renew_in_time()
            name, content = f"{folder}/{file}", (staging / file).read_bytes()
            try:
                self.bucket.create(name, content)
            except Changed as error:
                raise PlaceBusy(f"{self.shown(name)} was put there by another run; run again.") from error
            if hashlib.sha256(self.bucket.get(name).content).digest() != hashlib.sha256(content).digest():
                raise StoreFailed(f"{self.shown(name)} is not what was put there: its sum differs")
        if self.files(folder) != written:
            raise PlaceBusy(f"{self.shown(folder)} holds files of another run; run again.")

    def commit(self, index: str) -> None:
        """Put the index in the place of the one that was read. Raises OutcomeUnknown when the store does not say what came of it."""
        self.claim.renew()
        before, content = self.held or Held(None, None), index.encode()
        try:
            if before.tag is None:
                tag = self.bucket.create(INDEX, content)
            else:
                tag = self.bucket.update(INDEX, content, before.tag)
        except Changed as error:
            raise PlaceBusy(
                f"Another run has published to {self.address} meanwhile; nothing was published, run again."
            ) from error
        except StoreFailed as error:
            raise OutcomeUnknown(str(error)) from error
        self.held = Held(content, tag)

    def replace(self, name: str, content: bytes) -> None:
        """Put an object in the place of another, while the claim is still that of this run."""
        self.claim.renew()
        self.bucket.overwrite(name, content)

    def remove(self, folder: str) -> None:
        """Take away the objects of a folder that is not published, while the claim is still that of this run."""
        self.claim.renew()
        self.bucket.delete([f"{folder}/{name}" for name in self.files(folder)])

    def discard_staging(self) -> None:
        """Take away the folder on this machine."""
        if self.staging:
            shutil.rmtree(self.staging, ignore_errors=True)
