"""A prefix of a bucket: objects put only where none is, or only in the place of the one that was read."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import S3Store

from pledgebook.sources.errors import WrongUse

CLOCK = ".clock-{}"


class StoreFailed(OSError):
    """The object store refused, or could not be reached."""


class OutcomeUnknown(StoreFailed):
    """The object store was lost sight of in the middle of a request."""


class Changed(Exception):
    """An object is there though none was expected, or is not the one that was read."""


class Stored(NamedTuple):
    """An object: its bytes, its tag (which changes with them), and when the store took it."""

    content: bytes
    tag: str
    modified: datetime


class Bucket:
    """The objects under `s3://bucket/prefix`.

    Credentials, region and endpoint are read from the usual variables (AWS_ACCESS_KEY_ID, AWS_REGION, AWS_ENDPOINT_URL
    and so on). The store checks the SHA-256 of whatever is put. Raises WrongUse for an address that is none.
    """

    def __init__(self, address: str) -> None:
        try:
            self.store = S3Store.from_url(address, config={"checksum_algorithm": "SHA256"})
        except (BaseError, ValueError) as error:
            raise WrongUse(f"{address} is no place in an object store: {first_line(error)}") from error

    def get(self, name: str) -> Stored:
        """Return an object. Raises FileNotFoundError, StoreFailed."""
        with store_errors():
            found = obstore.get(self.store, name)
            return Stored(bytes(found.bytes()), str(found.meta["e_tag"]), found.meta["last_modified"])

    def size(self, name: str) -> int | None:
        """Return how many bytes an object has, None when there is none. Raises StoreFailed."""
        try:
            with store_errors():
                return int(obstore.head(self.store, name)["size"])
        except FileNotFoundError:
            return None

    def create(self, name: str, content: bytes) -> str:
        """Put an object where none is (If-None-Match) and return its tag. Raises Changed, StoreFailed."""
        return self._put(name, content, "create")

    def update(self, name: str, content: bytes, tag: str) -> str:
        """Put an object in the place of the one with this tag (If-Match) and return its tag. Raises Changed, StoreFailed."""
        return self._put(name, content, {"e_tag": tag})

    def _put(self, name: str, content: bytes, mode: Any) -> str:
        try:
            with store_errors():
                return str(obstore.put(self.store, name, content, mode=mode, use_multipart=False)["e_tag"])
        except (AlreadyExistsError, PreconditionError) as error:
            # A request sent again because its answer was lost meets what it put itself.
            try:
                stored = self.get(name)
            except FileNotFoundError:
                raise Changed(name) from error
            if stored.content == content:
                return stored.tag
            raise Changed(name) from error

    def overwrite(self, name: str, content: bytes) -> None:
        """Put an object whatever is there. Raises StoreFailed."""
        with store_errors():
            obstore.put(self.store, name, content, use_multipart=False)

    def names(self, folder: str) -> list[str]:
        """Return the names under a folder relative to it, sorted. Raises StoreFailed."""
        with store_errors():
            found = obstore.list(self.store, f"{folder}/").collect()
        return sorted(str(one["path"]).removeprefix(f"{folder}/") for one in found)

    def folders(self) -> set[str]:
        """Return the names of the folders. Raises StoreFailed."""
        with store_errors():
            return {str(name) for name in obstore.list_with_delimiter(self.store)["common_prefixes"]}

    def delete(self, names: Sequence[str]) -> None:
        """Take objects away; those that are not there do not matter. Raises StoreFailed."""
        with store_errors():
            if names:
                obstore.delete(self.store, list(names))

    def now(self) -> datetime:
        """Return the time by the store's own clock, which all who publish there share. Raises StoreFailed."""
        name = CLOCK.format(uuid.uuid4().hex)
        self.overwrite(name, b"")
        moment = self.get(name).modified
        self.delete([name])
        return moment


@contextmanager
def store_errors() -> Iterator[None]:
    """Tell what a store says as StoreFailed; FileNotFoundError (with a number only when a file of this machine is missing) and refused conditions stay."""
    try:
        yield
    except (AlreadyExistsError, PreconditionError):
        raise
    except (FileNotFoundError, BaseError) as error:
        if "NoSuchBucket" in str(error):
            raise StoreFailed("there is no such bucket") from None
        if not isinstance(error, FileNotFoundError):
            raise StoreFailed(first_line(error)) from None
        if error.errno is not None:
            raise  # a file of this machine
        raise FileNotFoundError(first_line(error)) from None


def first_line(error: Exception) -> str:
    """Return the first line of an error: what follows is for the developers of the store's client."""
    return next(iter(str(error).splitlines()), type(error).__name__)
