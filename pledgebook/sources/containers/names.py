"""Names of members of other people's archives, which are never taken for paths of this machine."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from pledgebook.sources.errors import UnreadableDocument

_DRIVE = re.compile(r"[A-Za-z]:")


def refuse_unsafe_name(name: str) -> None:
    """Raises UnreadableDocument `unsafe_name` for a member that would lie outside the folder into which a naive program unpacks it."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(name) or "\0" in name:
        raise UnreadableDocument("unsafe_name", "its name leads out of the archive; it is not read")
