"""The documents that files hold, before anything is known of them but where they lie and which kind they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import PurePath

from pledgebook.sources.captures import sha256_of
from pledgebook.sources.decoding import with_one_byte_line_ends
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fields import HTML, JSON, MARKDOWN, PLAIN

KINDS = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".txt": PLAIN,
    ".html": HTML,
    ".htm": HTML,
    ".jsonl": JSON,
    ".ndjson": JSON,
}
_HTML_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)[\s>]", re.IGNORECASE)
_FRONT_MATTER_START = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n")


@dataclass(frozen=True)
class InputDocument:
    """One document of a file. name: of the file, with the place in it; url, captured_at (UTC): where the file tells them, as WARC does."""

    name: str
    content: bytes
    media_type: str
    url: str | None = None
    captured_at: datetime | None = None

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the content."""
        return sha256_of(self.content)


@dataclass(frozen=True)
class Spoilt:
    """A document of a file that holds many which cannot be read; the others can. url: where the file tells it."""

    name: str
    problem: UnreadableDocument
    url: str | None = None


Documents = Iterator[InputDocument | Spoilt]


def media_type_of(name: str) -> str | None:
    """The media type that a file's ending tells, or None for a kind that is not read."""
    return KINDS.get(PurePath(name).suffix.lower())


def documents_of(name: str, content: bytes, media_type: str) -> Iterator[InputDocument]:
    """The documents in the bytes of a file: each line of JSON lines, or the whole; raises UnreadableDocument."""
    if media_type == JSON and content.strip():
        return _lines(name, with_one_byte_line_ends(content))
    return iter([InputDocument(name, content, by_content(content, media_type))])


def _lines(name: str, content: bytes) -> Iterator[InputDocument]:
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            yield InputDocument(f"{name}#{number}", line, JSON)


def by_content(content: bytes, media_type: str) -> str:
    """Pages saved under the name of a text file are taken for what they are."""
    if media_type != PLAIN or not content.strip():
        return media_type
    start = with_one_byte_line_ends(content)[:1024]
    if _HTML_START.match(start):
        return HTML
    return MARKDOWN if _FRONT_MATTER_START.match(start) else PLAIN
