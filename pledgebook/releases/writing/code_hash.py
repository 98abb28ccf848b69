"""The name of the code that made a release: a hash of the files of its packages."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGES = ("pledgebook", "schemas")
KINDS = {".csv", ".json", ".jsonl", ".md", ".py", ".toml", ".txt"}


def code_hash() -> str:
    """Return the hash of the whole code."""
    return files_hash(PACKAGES)


@cache
def files_hash(packages: tuple[str, ...]) -> str:
    """Return the SHA-256 over names and bytes of the packages' files, in the order of their names.

    It is taken once in a process: files that change later are not the code that runs.
    """
    found = [path for package in packages for path in (ROOT / package).rglob("*") if path.suffix in KINDS]
    total = hashlib.sha256()
    for name, path in sorted((path.relative_to(ROOT).as_posix(), path) for path in found):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{digest}  {name}\n".encode())
    return total.hexdigest()
