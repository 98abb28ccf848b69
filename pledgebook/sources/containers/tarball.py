"""Tarballs, plain or compressed (gzip, bzip2, xz), read member by member and never unpacked."""

from __future__ import annotations

import re
import tarfile
from pathlib import PurePosixPath
from typing import BinaryIO

from pledgebook.sources.containers.endings import is_container
from pledgebook.sources.containers.limits import Limits
from pledgebook.sources.containers.names import refuse_unsafe_name
from pledgebook.sources.containers.streams import BROKEN, Budget, Stream
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.input_documents import Documents, Spoilt, documents_of, media_type_of
from pledgebook.sources.input_files import LIST, readable_name

_DAMAGES = (tarfile.TarError, ValueError)
_COMMIT_FOLDER = re.compile(r"[^/]+-(?:[0-9a-f]{40}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,39})/")


def documents_in_tarball(file: BinaryIO, name: str, limits: Limits) -> Documents:
    """The documents of a tarball: its regular files of the kinds that are read from folders, named by their path in it.

    Tarballs of a repository have one top folder with a name and a commit (`readouts-0a1b2c3/`); it is left out of the names,
    so that these stay the same with the next commit. Passed over are folders, files of other kinds, links to such, and the
    companions (`._name`) that macOS packs beside files. Links, devices, packed archives and names that lead out of the tarball are told.
    Raises UnreadableDocument, after all that came before, where the file is damaged or cut off.
    """
    try:
        yield from _documents(Stream(file, Budget(limits.archive)), name, limits.document)
    except _DAMAGES as error:
        raise UnreadableDocument(BROKEN, f"it is damaged or cut off ({error}); what came before was read") from error


def _documents(stream: Stream, name: str, largest: int) -> Documents:
    tar = tarfile.TarFile(fileobj=stream)  # type: ignore[arg-type]
    folder: str | None = None
    while member := tar.next():
        stream.expect_body()
        if folder is None:
            folder = _commit_folder(member)
        yield from _found(tar, member, f"{name}/{_path(member.name.removeprefix(folder))}", largest)
        stream.expect_header()
        # It remembers them all, and an archive may hold any number.
        tar.members.clear()  # type: ignore[attr-defined]
        tar.pax_headers.clear()  # type: ignore[attr-defined]
    # A header that is damaged or missing ends a tarball without a word; two blocks of zeros should.
    if stream.last != bytes(tarfile.BLOCKSIZE):
        raise UnreadableDocument(BROKEN, "it is damaged or cut off; what came before was read")


def _commit_folder(first: tarfile.TarInfo) -> str:
    found = _COMMIT_FOLDER.match(f"{first.name}/" if first.isdir() else first.name)
    return found[0] if found else ""


def _path(name: str) -> str:
    return readable_name(PurePosixPath(name).as_posix())


def _found(tar: tarfile.TarFile, member: tarfile.TarInfo, name: str, largest: int) -> Documents:
    try:
        media_type = _media_type(member, largest)
        file = tar.extractfile(member) if media_type else None
        if file and media_type:
            yield from documents_of(name, file.read(), media_type)
    except UnreadableDocument as problem:
        yield Spoilt(name, problem)


def _media_type(member: tarfile.TarInfo, largest: int) -> str | None:
    """The media type of a member, None for one to pass over; raises UnreadableDocument for one that should be told."""
    if member.isdir():
        return None
    refuse_unsafe_name(member.name)
    if member.isdev():
        raise UnreadableDocument("no_file", "it is a device or a pipe, not a file; pack the archive again")
    path = PurePosixPath(member.name)
    media_type = media_type_of(path.name)
    if path.name.startswith("._") or not (media_type or is_container(path) or path.name == LIST):
        return None
    if not member.isreg() or member.issparse():
        raise UnreadableDocument("no_file", "it is a link or has holes; pack the archive again with whole files")
    if media_type is None:
        what = "a list of addresses" if path.name == LIST else "an archive"
        raise UnreadableDocument("nested", f"it is {what} inside an archive, which is not read; unpack the outer one")
    if member.size > largest:
        raise UnreadableDocument("too_large", f"it is larger than {largest:,} bytes; split it")
    return media_type
