"""Files in an object store, read in blocks: documents that are read together were stored together, and come with a few requests."""

from __future__ import annotations

from functools import lru_cache, partial
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, BinaryIO

import obstore

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

_BLOCK, _BLOCKS_KEPT = 1 << 18, 64


class RemoteFiles:
    """The files at an s3:// address; the blocks that were read last are kept."""

    def __init__(self, address: str) -> None:
        # Releases build upon sources, so that this module cannot import them when it is imported itself.
        from pledgebook.releases.places.bucket import Bucket

        self._store = Bucket(address).store
        self._block = lru_cache(_BLOCKS_KEPT)(self._read_block)

    def open(self, name: str) -> BinaryIO:
        """A file, open to be read. Raises FileNotFoundError and the errors of obstore, as reading does."""
        size = obstore.head(self._store, name)["size"]
        return BufferedReader(_RemoteFile(partial(self._block, name), size))

    def _read_block(self, name: str, number: int) -> bytes:
        start = number * _BLOCK
        return bytes(obstore.get(self._store, name, options={"range": (start, start + _BLOCK)}).bytes())


class _RemoteFile(RawIOBase):
    """A file of so many bytes, whose blocks a function reads by number."""

    def __init__(self, block: Callable[[int], bytes], size: int) -> None:
        self._block, self._size = block, size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._position = (0, self._position, self._size)[whence] + offset
        return self._position

    def readinto(self, buffer: Buffer, /) -> int:
        if self._position >= self._size:
            return 0
        number, start = divmod(self._position, _BLOCK)
        view = memoryview(buffer).cast("B")
        part = self._block(number)[start : start + len(view)]
        view[: len(part)] = part
        self._position += len(part)
        return len(part)
