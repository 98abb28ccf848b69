"""A file to captures: which kind it is, and what each document in it says about itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path, PurePath

from pledgebook.sources.captures import Capture, sha256_of
from pledgebook.sources.decoding import with_one_byte_line_ends
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fields import HTML, JSON, MARKDOWN, PLAIN, Fields, read_fields
from pledgebook.sources.input_files import InputFile, Listed
from pledgebook.sources.registry import SAMPLES, source_of

_LOGGER = logging.getLogger(__name__)

_KINDS = {
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
_SUMMARY = "summary"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Document = tuple[str, bytes, str]


def documents_in(file: InputFile) -> Iterator[Document]:
    """Name, bytes and media type of each document in a file; raises UnreadableDocument when it holds none that we read."""
    media_type = _KINDS.get(file.path.suffix.lower())
    if media_type is None:
        kinds = ", ".join(_KINDS)
        raise UnreadableDocument(
            "unknown_kind", f"files of this kind are not read (read are {kinds}); convert or remove it"
        )
    try:
        content = file.path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            "not_readable", f"the file cannot be opened ({error.strerror}); check its permissions"
        ) from error
    if media_type == JSON and content.strip():
        return _lines(file.name, with_one_byte_line_ends(content))
    return iter([(file.name, content, _by_content(content, media_type))])


def capture_of(document: Document, listed: Listed, now: datetime) -> Capture:
    """The capture of a document read from a file; raises UnreadableDocument when it cannot be read at all."""
    name, content, media_type = document
    fields = read_fields(content, media_type)
    if fields.note:
        _LOGGER.warning("%s: %s", name, fields.note)
    url = fields.url or listed.url
    return Capture(
        source=_source(fields, url),
        url=url,
        name=name,
        media_type=media_type,
        # A moment to come would let a date to come stand.
        captured_at=min(fields.retrieved_at or now, now),
        sha256=sha256_of(content),
        modified_at=fields.modified_at,
        title=listed.title,
        day=fields.day or listed.day,
    )


def sample_captures(folder: Path, raw: Path) -> list[Capture]:
    """Captures of the samples, which lie as plain Markdown files in `folder` below `raw`, sorted by file name.

    A broken sample is returned too, without address: reading it again will say what is wrong.
    """
    return [_sample(path, path.relative_to(raw).as_posix()) for path in sorted(folder.glob("*.md"))]


def _sample(path: Path, file: str) -> Capture:
    content = path.read_bytes()
    try:
        fields = read_fields(content, MARKDOWN)
        url = fields.url if _source(fields, fields.url) else None
    except UnreadableDocument:
        fields, url = Fields(""), None
    return Capture(
        source=SAMPLES,
        url=url,
        name=path.name,
        media_type=MARKDOWN,
        captured_at=fields.retrieved_at or _midnight(fields) or _EPOCH,
        sha256=sha256_of(content),
        modified_at=fields.modified_at,
        day=fields.day,
        file=file,
    )


def _lines(name: str, content: bytes) -> Iterator[Document]:
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            yield f"{name}#{number}", line, JSON


def _by_content(content: bytes, media_type: str) -> str:
    """Pages saved under the name of a text file are taken for what they are."""
    if media_type != PLAIN or not content.strip():
        return media_type
    start = with_one_byte_line_ends(content)[:1024]
    if _HTML_START.match(start):
        return HTML
    return MARKDOWN if _FRONT_MATTER_START.match(start) else PLAIN


def _source(fields: Fields, url: str | None) -> str:
    try:
        return SAMPLES if fields.text_origin == _SUMMARY else source_of(url).name
    except ValueError as error:
        raise UnreadableDocument("bad_url", f"{error}", column="url", value=url) from error


def _midnight(fields: Fields) -> datetime | None:
    return datetime.combine(fields.day, time(), UTC) if fields.day else None


def stem_of(name: str) -> str:
    """The file's own name in a capture's name, without folder, extension or line number."""
    return PurePath(name.partition("#")[0]).stem
