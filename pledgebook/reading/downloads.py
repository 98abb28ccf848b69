"""Files of versions at http(s):// and s3:// addresses: downloaded once, checked, and kept in the user's cache folder.

A file is kept under its SHA-256, so that versions which share a table share its copy. What was broken off goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import obstore
from filelock import FileLock
from obstore.exceptions import BaseError, NotSupportedError
from obstore.store import from_url
from platformdirs import user_cache_path
from tqdm import tqdm

from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.places.sums import sha256

_PIECE = 1024 * 1024


class Remote:
    """A place at an address; see `Location`. The variables AWS_ACCESS_KEY_ID, AWS_REGION, AWS_ENDPOINT_URL and so on count for s3://."""

    def __init__(self, address: str) -> None:
        # A scheme may be written in capitals; what reads from it knows it in small letters.
        scheme, _, rest = address.partition("://")
        self.address = f"{scheme.lower()}://{rest.rstrip('/')}"
        self._cache = user_cache_path("pledgebook") / "releases"
        with self._told(""):
            # A server of one's own may have no certificate; what comes is held against its sum.
            plain = {"client_options": {"allow_http": True}} if self.address.startswith("http://") else {}
            self._store = from_url(self.address, **plain)  # type: ignore[call-overload]

    def read(self, name: str) -> bytes:
        """The bytes of a file, which is not kept."""
        with self._told(name):
            return bytes(obstore.get(self._store, name).bytes())

    def local(self, name: str, digest: str) -> Path:
        """The file in the cache, downloaded if it is not there yet."""
        kept = self._kept(name, digest)
        if _whole(kept, digest):
            return kept
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            # Two notebooks that want the same file: one downloads it, the other waits.
            with FileLock(kept.with_suffix(".lock")):
                if not _whole(kept, digest):
                    self._bring(name, kept, digest)
        except FileNotFoundError as error:
            raise ReleaseError(f"{self.address}/{name} is missing; tell whoever keeps the place.") from error
        except OSError as error:
            raise ReleaseError(
                f"{self.address}/{name} cannot be kept in {kept.parent}: {error.strerror or error}. Make room there, "
                "or name another cache folder in XDG_CACHE_HOME."
            ) from error
        return kept

    def scannable(self, name: str, digest: str) -> str | Path:
        """The file in the cache when it is there, else its address; downloaded where the server sends only whole files."""
        kept = self._kept(name, digest)
        if _whole(kept, digest):
            return kept
        with self._told(name):
            try:
                obstore.get_range(self._store, name, start=0, length=1)
            except NotSupportedError:
                return self.local(name, digest)
            except FileNotFoundError as error:
                raise ReleaseError(f"{self.address}/{name} is missing; tell whoever keeps the place.") from error
        return f"{self.address}/{name}"

    def _bring(self, name: str, kept: Path, digest: str) -> None:
        part = kept.with_suffix(".part")
        self._download(name, part)
        self._refuse_another(name, part, digest)
        part.replace(kept)

    def _kept(self, name: str, digest: str) -> Path:
        return self._cache / f"{digest}{PurePosixPath(name).suffix}"

    def _download(self, name: str, part: Path) -> None:
        """Append to `part` what it lacks."""
        with self._told(name):
            before = part.stat().st_size if part.exists() else 0
            if before and before >= (size := obstore.head(self._store, name)["size"]):
                # All of it came, or more than all: the sum will tell, or it comes once more.
                if before == size:
                    return
                before = 0
            found, before = self._rest(name, before)
            with part.open("ab" if before else "wb") as file, _bar(name, found.meta["size"], before) as bar:
                for piece in found.stream(min_chunk_size=_PIECE):
                    bar.update(file.write(bytes(piece)))

    def _rest(self, name: str, before: int) -> tuple[obstore.GetResult, int]:
        """What is left of a file behind so many bytes, and behind how many it is: none where the server sends only whole files."""
        try:
            return obstore.get(self._store, name, options={"range": {"offset": before}} if before else None), before
        except NotSupportedError:
            return obstore.get(self._store, name), 0

    def _refuse_another(self, name: str, part: Path, digest: str) -> None:
        if (came := sha256(part)) != digest:
            part.unlink()
            raise ReleaseError(
                f"{self.address}/{name} is not the file that was published: its SHA-256 is {came}, and SHA256SUMS names {digest}. "
                "It was thrown away; try again, and tell whoever keeps the place if it stays so."
            )

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except (BaseError, ValueError) as error:
            raise ReleaseError(f"{self.address}/{name} cannot be read: {str(error).splitlines()[0]}.") from error


def _whole(kept: Path, digest: str) -> bool:
    """Whether a copy is there and was not damaged since."""
    return kept.exists() and sha256(kept) == digest


def _bar(name: str, size: int, before: int) -> tqdm[Any]:
    """A progress bar, shown where a person looks: for files that take a moment."""
    few = size < 4 * _PIECE
    return tqdm(total=size, initial=before, unit="B", unit_scale=True, desc=name, leave=False, disable=few or None)
