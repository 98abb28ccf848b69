"""Undoes the content coding of an HTTP body (RFC 9110, 8.4), never holding more than a given number of bytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from gzip import BadGzipFile, GzipFile
from io import BytesIO

import brotli

from pledgebook.sources.errors import UnreadableDocument

Decode = Callable[[bytes, int], bytes]

_PIECE = 1 << 16
# One is usual. A body can be made that is the same again each time that its coding is undone.
_MOST = 4


def decoded(body: bytes, codings: str | None, largest: int) -> bytes:
    """The bytes of a body whose `Content-Encoding` header says `codings`, in the order in which they were applied.

    Raises UnreadableDocument: `too_large`, when they are more than `largest`; `broken_coding`, when the body is damaged or cut
    off; `unknown_coding`, for a coding that is not read.
    """
    names = [name.strip().lower() for name in (codings or "").split(",") if name.strip()]
    if len(names) > _MOST:
        raise UnreadableDocument("unknown_coding", f"it has {len(names)} content codings, one upon the other")
    for name in reversed(names):
        if name not in _CODINGS:
            known = ", ".join(sorted(_CODINGS))
            raise UnreadableDocument("unknown_coding", f"its content coding {name!r} is not read (read are {known})")
        try:
            body = _CODINGS[name](body, largest)
        except (zlib.error, brotli.error, BadGzipFile, EOFError) as error:
            raise UnreadableDocument("broken_coding", f"its content coding {name} is damaged or cut off") from error
    return _identity(body, largest)


def _ungzip(body: bytes, largest: int) -> bytes:
    """Members that follow each other are one body (RFC 1952, 2.2); a million of them must not take a million copies of it."""
    content = BytesIO()
    with GzipFile(fileobj=BytesIO(body)) as file:
        while part := file.read1(_PIECE):
            content.write(part)
            _refuse_larger(content.tell(), largest)
    return content.getvalue()


def _undeflate(body: bytes, largest: int) -> bytes:
    """Some servers leave the wrapping away that the standard asks for."""
    try:
        return _inflate(body, zlib.MAX_WBITS, largest)
    except zlib.error:
        return _inflate(body, -zlib.MAX_WBITS, largest)


def _inflate(body: bytes, window: int, largest: int) -> bytes:
    inflater = zlib.decompressobj(window)
    content = inflater.decompress(body, largest + 1)
    _refuse_larger(len(content), largest)
    if not inflater.eof:
        raise EOFError
    return content


def _unbrotli(body: bytes, largest: int) -> bytes:
    decompressor = brotli.Decompressor()
    parts = [decompressor.process(body, output_buffer_limit=largest + 1)]
    size = len(parts[0])
    while not decompressor.is_finished():
        _refuse_larger(size, largest)
        part = decompressor.process(b"", output_buffer_limit=largest + 1)
        if not part:
            raise EOFError
        parts.append(part)
        size += len(part)
    _refuse_larger(size, largest)
    return b"".join(parts)


def _identity(body: bytes, largest: int) -> bytes:
    _refuse_larger(len(body), largest)
    return body


def _refuse_larger(size: int, largest: int) -> None:
    if size > largest:
        raise UnreadableDocument("too_large", f"decompressed it is larger than {largest:,} bytes")


_CODINGS: dict[str, Decode] = {
    "gzip": _ungzip,
    "x-gzip": _ungzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "identity": _identity,
}
