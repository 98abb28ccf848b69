"""The index of a place: the versions that are published. Readers trust only what it lists."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pledgebook.releases.errors import ReleaseError, UnknownVersion

INDEX = "index.json"


@dataclass(frozen=True)
class Entry:
    """What the index says of one version; `sums` is the SHA-256 of its SHA256SUMS, `withdrawn` why it was withdrawn."""

    version: str
    date: str
    schema: str
    codebook: str
    extractor: str
    code: str
    readouts: int
    commitments: int
    sums: str
    withdrawn: str | None = None

    @property
    def folder(self) -> str:
        """Return the name of the version's folder."""
        return f"v{self.version}"


def parse_index(text: bytes | None, where: str) -> list[Entry]:
    """Return the versions of an index, in the order of publication; none of no index. Raises ReleaseError."""
    if text is None:
        return []
    try:
        return [Entry(**entry) for entry in json.loads(text)["versions"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(
            f"{where} cannot be understood ({error}). Restore it from a copy; nothing was changed."
        ) from error


def index_text(entries: Sequence[Entry], **more: str) -> str:
    """Return the text of an index; a version that was not withdrawn has no word of it."""
    versions = [{name: value for name, value in asdict(entry).items() if value is not None} for entry in entries]
    return as_text({"format": 1, "versions": versions, **more})


def as_text(content: dict[str, Any]) -> str:
    """Return JSON as it stands in the files of a place."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def last_good(entries: Sequence[Entry]) -> Entry | None:
    """Return the newest version that was not withdrawn: `latest`, and what the next one is compared with."""
    return next((entry for entry in reversed(entries) if entry.withdrawn is None), None)


def since(entries: Sequence[Entry], entry: Entry | None) -> list[Entry]:
    """Return the versions after one of them; all when there is none."""
    return list(entries[entries.index(entry) + 1 :]) if entry else list(entries)


def chosen(entries: Sequence[Entry], version: str, where: str) -> Entry:
    """Return the entry of a version, by number or `latest`. Raises UnknownVersion."""
    if version == "latest":
        wanted = last_good(entries)
    else:
        wanted = next((entry for entry in entries if entry.version == version.removeprefix("v")), None)
    if wanted is None:
        listed = ", ".join(entry.version + (" (withdrawn)" if entry.withdrawn else "") for entry in entries) or "none"
        raise UnknownVersion(f"{where} lists no version {version!r}; it lists: {listed}.")
    return wanted
