"""Undoes the chunked transfer coding of an HTTP body (RFC 9112, 7.1)."""

from __future__ import annotations

import re
from io import BytesIO

from pledgebook.sources.errors import UnreadableDocument

_SIZE = re.compile(rb"(?:\r\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")


def dechunked(body: bytes) -> bytes:
    """The bytes of a body sent in chunks; a body that does not begin with the size of a chunk is returned as it is.

    Raises UnreadableDocument `broken_coding` when chunks are damaged or missing.
    """
    size = _SIZE.match(body)
    if size is None:
        return body
    content = BytesIO()
    while size:
        end = size.end() + int(size[1], 16)
        if end == size.end():
            return content.getvalue()
        content.write(body[size.end() : end])
        size = _SIZE.match(body, end)
    raise UnreadableDocument("broken_coding", "its chunks are damaged or cut off; fetch the page again")
