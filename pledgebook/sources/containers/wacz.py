"""WACZ files (specs.webrecorder.net): a zip file with WARC files in its folder `archive`, read where they lie."""

from __future__ import annotations

import struct
from io import BufferedReader
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pledgebook.sources.containers.endings import WARC
from pledgebook.sources.containers.limits import Limits
from pledgebook.sources.containers.names import refuse_unsafe_name
from pledgebook.sources.containers.streams import BROKEN, Budget
from pledgebook.sources.containers.warc import documents_in_warc
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.input_documents import Documents, Spoilt
from pledgebook.sources.input_files import readable_name

_DAMAGES = (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, struct.error)
_FOLDER = "archive/"
_ENCRYPTED = 0x1
# Fifty thousand members; the list is held in memory.
_LONGEST_LIST = 1 << 22


class _Seekable(BufferedReader):
    """A file that is never read in one piece longer than a zip file's list of members may be."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LONGEST_LIST:
            raise BadZipFile("its list of members is too long")
        return super().read(size)


def documents_in_wacz(file: BinaryIO, name: str, limits: Limits) -> Documents:
    """The documents of the WARC files in a WACZ; its other parts, page lists and indexes, tell of these only.

    Raises UnreadableDocument when it is no zip file, or one without WARC files.
    """
    try:
        archive = ZipFile(_Seekable(file))  # type: ignore[arg-type]
    except _DAMAGES as error:
        raise UnreadableDocument(BROKEN, f"it is damaged, or no zip file ({error}); download it again") from error
    members = [member for member in archive.infolist() if _is_wanted(member)]
    if not members:
        raise UnreadableDocument("no_wacz", "it is a zip file without WARC files in a folder `archive`; unpack it")
    budget = Budget(limits.archive)
    for member in members:
        place = f"{name}/{readable_name(member.filename)}"
        try:
            yield from _documents(archive, member, place, limits, budget)
        except UnreadableDocument as problem:
            yield Spoilt(place, problem)


def _is_wanted(member: ZipInfo) -> bool:
    """Whether a member is a WARC file, or has a name that should be told."""
    try:
        refuse_unsafe_name(member.filename)
    except UnreadableDocument:
        return True
    return member.filename.startswith(_FOLDER) and member.filename.lower().endswith(WARC)


def _documents(archive: ZipFile, member: ZipInfo, place: str, limits: Limits, budget: Budget) -> Documents:
    refuse_unsafe_name(member.filename)
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableDocument("encrypted", "it is encrypted; unpack it")
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise UnreadableDocument("unknown_coding", "it is neither stored nor deflated; pack it again")
    if member.file_size > limits.archive:
        raise UnreadableDocument("too_large", f"it is larger than {limits.archive:,} bytes; split it")
    try:
        opened = archive.open(member)
    except _DAMAGES as error:
        raise UnreadableDocument(BROKEN, f"it is damaged ({error}); download it again") from error
    with opened:
        yield from documents_in_warc(opened, place, limits, budget)  # type: ignore[arg-type]
