"""Files below a folder, and waiting until they are on the disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO


def files_below(folder: Path) -> list[str]:
    """Return the names of all files below a folder, relative to it and with `/`, sorted; none when there is no folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def sync(file: IO[bytes]) -> None:
    """Wait until a file's bytes are on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file down to the disk."""
    with path.open("wb") as file:
        file.write(content)
        sync(file)
