"""The name of the code that makes rows out of documents: where it changes, every document is read again."""

from __future__ import annotations

import hashlib
import socket

from pledgebook.releases.writing.code_hash import files_hash
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.registry import own_files

_READING = ("pledgebook/sources", "pledgebook/readouts", "pledgebook/extraction", "schemas")


def reader_hash() -> str:
    """SHA-256 over the code, the lexicon, the code lists and the sources, those of one's own included, that reading depends on."""
    # This process may live long: what is hashed is what it reads with from now on.
    added = "".join(f"{path.name} {hashlib.sha256(content).hexdigest()}\n" for path, content in own_files())
    return hashlib.sha256(f"{files_hash(_READING)}\n{added}".encode()).hexdigest()


def refuse_other_reader(reader: str) -> None:
    """Raises WrongUse when this machine would read in another way than the one whose `reader_hash` is given."""
    if reader_hash() != reader:
        raise WrongUse(
            f"{socket.gethostname()} has other code or other sources of its own than the machine that publishes: install the same version "
            "of pledgebook on both, and let PLEDGEBOOK_SOURCES name the same files"
        )
