"""A file to captures: which kind it is, and what each document in it says about itself."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path, PurePath

from pledgebook.sources.captures import Capture, sha256_of
from pledgebook.sources.containers import ENDINGS, documents_in_container, is_container
from pledgebook.sources.containers.endings import WARC
from pledgebook.sources.containers.records import is_answer_in_json
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fields import MARKDOWN, Fields, read_fields
from pledgebook.sources.input_documents import KINDS, Documents, InputDocument, documents_of, media_type_of
from pledgebook.sources.input_files import InputFile, Listed
from pledgebook.sources.registry import FOLDER, SAMPLES, WEB_ARCHIVE, source_of

_SUMMARY = "summary"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def documents_in(file: InputFile) -> Documents:
    """The documents in a file; raises UnreadableDocument when it holds none that we read."""
    if is_container(file.path):
        return documents_in_container(file.path, file.name)
    media_type = media_type_of(file.path.name)
    if media_type is None:
        kinds = ", ".join([*KINDS, *ENDINGS])
        raise UnreadableDocument(
            "unknown_kind", f"files of this kind are not read (read are {kinds}); convert or remove it"
        )
    try:
        content = file.path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            "not_readable", f"the file cannot be opened ({error.strerror}); check its permissions"
        ) from error
    return documents_of(file.name, content, media_type)


def capture_of(
    document: InputDocument, listed: Listed, now: datetime, source: str | None = None
) -> tuple[Capture, str | None]:
    """The capture of a document read from a file, of the source named or else of the one whose address it has; and what had to be
    assumed to read it, if anything.

    Raises UnreadableDocument when it cannot be read at all.
    """
    fields = _fields(document)
    url = document.url or fields.url or listed.url
    # Asked even where the source is named, because it refuses what is no address.
    home = _source(fields, url, FOLDER if document.captured_at is None else WEB_ARCHIVE)
    capture = Capture(
        source=source or home,
        url=url,
        name=document.name,
        media_type=document.media_type,
        # A moment to come would let a date to come stand.
        captured_at=min(document.captured_at or fields.retrieved_at or now, now),
        sha256=document.sha256,
        modified_at=fields.modified_at,
        title=listed.title,
        day=fields.day or listed.day,
    )
    return capture, fields.note


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


def _fields(document: InputDocument) -> Fields:
    """What a document says about itself; nothing yet where only the rules of its source can tell."""
    if document.captured_at and is_answer_in_json(document.url, document.media_type):
        return Fields("")
    return read_fields(document.content, document.media_type)


def _source(fields: Fields, url: str | None, homeless: str = FOLDER) -> str:
    """The source of an address; `homeless` is the one of addresses that belong to no other."""
    try:
        name = SAMPLES if fields.text_origin == _SUMMARY else source_of(url).name
        return homeless if name == FOLDER else name
    except ValueError as error:
        raise UnreadableDocument("bad_url", f"{error}", column="url", value=url) from error


def _midnight(fields: Fields) -> datetime | None:
    return datetime.combine(fields.day, time(), UTC) if fields.day else None


def stem_of(name: str) -> str:
    """The file's own name in a capture's name, without folder, extension or line number; empty for a record of a web archive."""
    file = name.partition("#")[0]
    # Such a file is named after the day of its crawl, which says nothing of the documents in it.
    return "" if file.lower().endswith(WARC) else PurePath(file).stem
