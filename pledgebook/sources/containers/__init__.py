"""Files that hold many documents: WARC, WACZ, tarballs.

They may come from anywhere. So nothing of them is written to a disk under a name of theirs, no more of them is in memory than one document,
and what expands beyond the limits is told and read no further.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from pledgebook.sources.containers.endings import ENDINGS, TARBALL, WACZ, is_container
from pledgebook.sources.containers.limits import Limits
from pledgebook.sources.containers.tarball import documents_in_tarball
from pledgebook.sources.containers.wacz import documents_in_wacz
from pledgebook.sources.containers.warc import documents_in_warc
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.input_documents import Documents

__all__ = ["ENDINGS", "Limits", "documents_in_container", "is_container"]


def documents_in_container(path: Path, name: str, limits: Limits | None = None) -> Documents:
    """The documents of a file whose name says that it holds many, and what of it cannot be read, one after the other.

    Raises UnreadableDocument when there is neither in it, and where it is damaged or too large, after all that came before.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise UnreadableDocument(
            "not_readable", f"the file cannot be opened ({error.strerror}); check its permissions"
        ) from error
    with file:
        if not file.peek(1):
            raise UnreadableDocument("empty", "the file is empty; fetch or save it again")
        is_empty = True
        for found in _documents(file, name, limits or Limits()):
            is_empty = False
            yield found
    if is_empty:
        raise UnreadableDocument("no_documents", "it holds no document of a kind that is read")


def _documents(file: BinaryIO, name: str, limits: Limits) -> Documents:
    if name.lower().endswith(WACZ):
        return documents_in_wacz(file, name, limits)
    return (documents_in_tarball if name.lower().endswith(TARBALL) else documents_in_warc)(file, name, limits)
