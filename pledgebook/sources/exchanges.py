"""A request and its answer, as they went over the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Exchange:
    """A request and its answer. moment: UTC, before the request; body: as received, its content coding not undone."""

    url: str
    moment: datetime
    request_headers: Headers
    status: int
    reason: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str | None:
        """The first header of that name, case aside."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)
