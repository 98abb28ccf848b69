"""The bytes of a compressed file, read forward piece by piece, with a limit for all that it may hold."""

from __future__ import annotations

import lzma
import sys
import zlib
from bz2 import BZ2File
from collections.abc import Iterator
from gzip import GzipFile
from io import BufferedReader
from typing import BinaryIO
from zipfile import BadZipFile

from pledgebook.sources.errors import UnreadableDocument

CHUNK = 1 << 16
# The check of a file that cannot be read to its end.
BROKEN = "broken_archive"
_GZIP, _BZIP2, _XZ = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"
# The strongest setting of xz needs 65 MB to be undone; a file may ask for gigabytes.
_XZ_MEMORY = 1 << 27
# Headers of records and members are a few hundred bytes; one without end would fill the memory.
_LONGEST_HEADER = 1 << 16
_DAMAGES = (EOFError, OSError, zlib.error, lzma.LZMAError, BadZipFile)


class Budget:
    """How many bytes all streams of a file together may still give."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._left = largest

    def take(self, size: int) -> None:
        """Takes bytes away; raises UnreadableDocument `too_large` when there are not so many."""
        self._left -= size
        if self._left < 0:
            raise UnreadableDocument("too_large", f"it holds more than {self._largest:,} bytes; split it")


class Stream:
    """The decompressed bytes of a file (gzip, bzip2, xz, or none of them, as its first bytes say).

    Raises UnreadableDocument when the file is damaged, cut off or too large, but not before what comes ahead of that was read.
    last: what was read last.
    """

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        self._chunks = _decompressed(BufferedReader(file))  # type: ignore[arg-type]
        self._budget = budget
        self._chunk = b""
        self._start = 0
        self._position = 0
        self._problem: UnreadableDocument | None = None
        self.last = b""
        self.expect_header()

    def expect_header(self) -> None:
        """What is read from now on is a header, and short."""
        self._left = _LONGEST_HEADER

    def expect_body(self) -> None:
        """What is read from now on is as long as the reader asks for."""
        self._left = sys.maxsize

    def read(self, size: int) -> bytes:
        """So many bytes, fewer at the end of the file."""
        self._left -= size
        if size < 0 or self._left < 0:
            raise UnreadableDocument(BROKEN, "it is damaged: a header in it has no end; what came before was read")
        self.last = b"".join(self._parts(size))
        return self.last

    def tell(self) -> int:
        """How many bytes were read or passed over."""
        return self._position

    def seek(self, position: int) -> None:
        """Passes over bytes; there is no way back."""
        if position < self._position:
            raise UnreadableDocument(BROKEN, "it is damaged: a header in it points back; what came before was read")
        for _ in self._parts(position - self._position):
            pass

    def _parts(self, size: int) -> Iterator[bytes]:
        wanted = self._position + size
        while self._position < wanted and self._has_more(wanted - size):
            part = self._chunk[self._start : self._start + wanted - self._position]
            self._start += len(part)
            self._position += len(part)
            yield part

    def _has_more(self, began: int) -> bool:
        """Whether there is a byte left; a problem is told only to a reader who has nothing yet."""
        if self._start == len(self._chunk):
            self._chunk, self._start = self._next(), 0
        if self._problem and not self._chunk and self._position == began:
            raise self._problem
        return bool(self._chunk)

    def _next(self) -> bytes:
        try:
            chunk = next(filter(None, self._chunks), b"")
            self._budget.take(len(chunk))
        except UnreadableDocument as problem:
            self._problem = problem
        except _DAMAGES:
            self._problem = UnreadableDocument(BROKEN, "it is damaged or cut off; what came before was read")
        else:
            return chunk
        return b""


def _decompressed(file: BufferedReader) -> Iterator[bytes]:
    start = file.peek(len(_XZ))
    if start.startswith(_XZ):
        yield from _unxz(file)
        return
    if start.startswith(_GZIP):
        file = GzipFile(fileobj=file)  # type: ignore[assignment]
    elif start.startswith(_BZIP2):
        file = BZ2File(file)  # type: ignore[assignment]
    yield from iter(lambda: file.read1(CHUNK), b"")


def _unxz(file: BufferedReader) -> Iterator[bytes]:
    """Streams that follow each other are one file; `lzma.open` does the same, but with no limit for memory."""
    stream: lzma.LZMADecompressor | None = None
    while data := file.read(CHUNK):
        while data or (stream and not stream.needs_input):
            stream = stream or lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)
            yield stream.decompress(data, CHUNK)
            data = b""
            if stream.eof:
                data, stream = stream.unused_data, None
    if stream:
        raise EOFError
