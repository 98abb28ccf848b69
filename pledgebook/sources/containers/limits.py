"""How much of a file that holds many documents is read: what is larger is a mistake, or a bomb."""

from __future__ import annotations

from dataclasses import dataclass, field

# A readout of fifty million characters does not exist.
LARGEST_DOCUMENT = 50_000_000
LARGEST_ARCHIVE = 20_000_000_000


@dataclass(frozen=True)
class Limits:
    """Bytes, decompressed. document: of one document; archive: of all that a file holds."""

    document: int = field(default_factory=lambda: LARGEST_DOCUMENT)
    archive: int = field(default_factory=lambda: LARGEST_ARCHIVE)
