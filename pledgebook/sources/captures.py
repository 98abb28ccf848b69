"""A capture: one retrieved copy of one document, and which of several copies is the newest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import polars as pl

from pledgebook.sources.addresses import canonical_url
from pledgebook.sources.registry import SAMPLES

_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "source": pl.String,
    "url": pl.String,
    "name": pl.String,
    "media_type": pl.String,
    "captured_at": pl.Datetime("us", "UTC"),
    "sha256": pl.String,
    "modified_at": pl.Datetime("us", "UTC"),
}


@dataclass(frozen=True)
class Capture:
    """What is known of one copy of a document, its bytes aside.

    source: name of the source; url: as captured, or None; name: file name, with `#` and the line for a line of JSON;
    captured_at, modified_at: UTC, the second only where the document states it; sha256: of the bytes;
    day: of publication, as the document, the `index.csv` beside the file or a listing page states it; title: from such a list;
    fetched: whether it came from its address, and not from a file; file, offset: where the store keeps the bytes.
    """

    source: str
    url: str | None
    name: str
    media_type: str
    captured_at: datetime
    sha256: str
    modified_at: datetime | None = None
    title: str | None = None
    day: date | None = None
    fetched: bool = False
    file: str = ""
    offset: int = 0

    @property
    def address(self) -> str:
        """The canonical URL; without one, the bytes are the only thing that tells documents apart."""
        return canonical_url(self.url) if self.url else f"sha256:{self.sha256}"


def sha256_of(content: bytes) -> str:
    """SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def captures_table(captures: Iterable[Capture]) -> pl.DataFrame:
    """Captures as a table: source, url, name, media_type, captured_at, sha256, modified_at."""
    rows = [[getattr(capture, name) for name in _SCHEMA] for capture in captures]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def newest_captures(captures: Iterable[Capture]) -> list[Capture]:
    """The newest capture of each address, sorted by address, samples apart and last.

    Among copies that state a modified time the latest counts; a copy that states none beats them only when it was
    captured later. Of copies that agree in these times what was stored last counts, and of those stored in one run one that
    is dated.
    """
    groups: dict[tuple[bool, str], list[Capture]] = {}
    for capture in captures:
        groups.setdefault((capture.source == SAMPLES, capture.address), []).append(capture)
    return [_newest(copies) for _, copies in sorted(groups.items())]


def _newest(copies: Sequence[Capture]) -> Capture:
    earliest = datetime.min.replace(tzinfo=UTC)
    dated = max((copy for copy in copies if copy.modified_at), key=lambda copy: _rank(copy, earliest), default=None)
    undated = max(
        (copy for copy in copies if not copy.modified_at), key=lambda copy: _rank(copy, earliest), default=None
    )
    if dated is None or (undated is not None and undated.captured_at > dated.captured_at):
        return undated or copies[0]
    return dated


def _rank(copy: Capture, earliest: datetime) -> tuple[datetime, datetime, str, bool, str, str]:
    # The name of its file begins with the time of the run that stored it.
    return copy.modified_at or earliest, copy.captured_at, copy.file, copy.day is not None, copy.sha256, copy.name
