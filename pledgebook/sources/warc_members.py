"""Where the whole records of a WARC file end: each is one gzip member, whole only when its checksum is there and right."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import BinaryIO

_GZIP = zlib.MAX_WBITS + 16
_CHUNK = 1 << 16


def end_of_whole_records(path: Path, start: int = 0) -> int:
    """The offset after the last whole record of a file, from a record that begins at `start` on."""
    with path.open("rb") as file:
        end = start
        while (following := _end_of_member(file, end)) is not None:
            end = following
    return end


def _end_of_member(file: BinaryIO, start: int) -> int | None:
    """The offset after the gzip member that begins at `start`, or None where there is no whole one."""
    file.seek(start)
    member, position = zlib.decompressobj(_GZIP), start
    while chunk := file.read(_CHUNK):
        position += len(chunk)
        try:
            _pass_over(member, chunk)
        except zlib.error:
            return None
        if member.eof:
            return position - len(member.unused_data)
    return None


def _pass_over(member: zlib._Decompress, chunk: bytes) -> None:
    """Decompresses a chunk piece by piece, so that a member which expands a thousandfold takes no memory."""
    while chunk and not member.eof:
        member.decompress(chunk, _CHUNK)
        chunk = member.unconsumed_tail
