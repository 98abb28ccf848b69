"""The file of a version that vouches for all others, as `sha256sum -c` reads it."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"


def parse_sums(text: bytes) -> dict[str, str]:
    """Return the sums of a SHA256SUMS by name of file."""
    return {name: digest for digest, name in (line.split("  ", 1) for line in text.decode().splitlines())}


def sha256(file: Path | BytesIO) -> str:
    """Return the SHA-256 of a file's bytes."""
    if isinstance(file, BytesIO):
        return hashlib.sha256(file.getbuffer()).hexdigest()
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
