"""A record of a WARC file to a document, its transfer and content coding undone."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from io import BytesIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from pledgebook.sources.answers import LISTING
from pledgebook.sources.containers.streams import CHUNK
from pledgebook.sources.containers.transfer_coding import dechunked
from pledgebook.sources.content_coding import decoded
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.fields import HTML, JSON, MARKDOWN, PLAIN
from pledgebook.sources.http_records import DETAILS
from pledgebook.sources.input_documents import InputDocument, Spoilt, by_content
from pledgebook.sources.moments import to_moment
from pledgebook.sources.registry import source_of
from pledgebook.sources.source import JsonRules

_MEDIA_TYPES = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/plain": PLAIN,
    "text/markdown": MARKDOWN,
    "application/json": JSON,
}
_WEB = ("http://", "https://")
# Other names of resources are those of a crawler's own notes: its log, its settings, what it saw of a page.
_OF_DOCUMENTS = (*_WEB, "file:", "urn:sha256:")
_ROBOTS = re.compile(r"https?://[^/]+/robots\.txt", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")


def found_in(record: ArcWarcRecord, name: str, largest: int) -> InputDocument | Spoilt | None:
    """The document of a record, at most `largest` bytes; None where the record is none by its nature.

    Documents are `response` records of status 200 and `resource` records whose media type is HTML, plain text or Markdown; JSON too,
    but of the answers of a site only where the source of the address publishes in JSON. Not so are other statuses, pictures, styles,
    scripts and what these ask for, `robots.txt`, listing pages of our own crawls, notes of a crawler (`warcinfo`, `request`, `metadata`), and records that hold
    again what another one holds (`revisit`, `conversion`).
    """
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    url = address if address.lower().startswith(_WEB) else None
    if _lists_documents(record):
        return None
    try:
        document = _document(record, address, name, largest)
    except UnreadableDocument as problem:
        return Spoilt(name, problem, url)
    captured_at = to_moment(record.rec_headers.get_header("WARC-Date"))
    return document and replace(document, url=url, captured_at=captured_at)


def _lists_documents(record: ArcWarcRecord) -> bool:
    """Whether a crawl of ours asked for the page only to find documents, as its own field tells."""
    details = record.rec_headers.get_header(DETAILS)
    return details is not None and json.loads(details).get("kind") == LISTING


def is_answer_in_json(url: str | None, media_type: str) -> bool:
    """Whether a document of that address and media type is JSON that has to be read by the rules of its source."""
    with suppress(ValueError):
        return media_type == JSON and url is not None and isinstance(source_of(url).parse, JsonRules)
    return False


def _document(record: ArcWarcRecord, address: str, name: str, largest: int) -> InputDocument | None:
    if record.rec_type == "response" and address.lower().startswith(_WEB):
        return _of_response(record, address, name, largest)
    media_type = _media_type(record.content_type or "")
    if record.rec_type == "resource" and address.lower().startswith(_OF_DOCUMENTS) and media_type:
        content = _body(record, b"", largest)
        return InputDocument(name, content, by_content(content, media_type))
    return None


def _of_response(record: ArcWarcRecord, address: str, name: str, largest: int) -> InputDocument | None:
    head, start = _head(record)
    stated = head.get_header("Content-Type")
    media_type = _media_type(stated) if stated else PLAIN
    if head.get_statuscode() != "200" or media_type is None or _ROBOTS.fullmatch(address):
        return None
    if media_type == JSON and not is_answer_in_json(address, media_type):
        return None
    content = _decoded(_body(record, start, largest), head, largest)
    media_type = by_content(content, media_type)
    return InputDocument(name, content, media_type) if stated or media_type == HTML else None


def _head(record: ArcWarcRecord) -> tuple[StatusAndHeaders, bytes]:
    """The HTTP header of a response, and the beginning of its body."""
    start = record.raw_stream.read(CHUNK)
    end = _HEAD_END.search(start)
    if end is None or not start.startswith(b"HTTP/"):
        raise UnreadableDocument("broken_record", "the HTTP header of its record is damaged; fetch the page again")
    parser = StatusAndHeadersParser([], verify=False)
    return parser.parse(BytesIO(start[: end.end()])), start[end.end() :]


def _body(record: ArcWarcRecord, start: bytes, largest: int) -> bytes:
    """The rest of a record, `start` in front of it."""
    told = record.rec_headers.get_header("WARC-Truncated") or record.rec_headers.get_header("WARC-Segment-Number")
    if told:
        raise UnreadableDocument("cut_off", "its record holds a part of it only; fetch the page again", value=told)
    if (record.length or 0) > largest:
        raise UnreadableDocument("too_large", f"its record is larger than {largest:,} bytes")
    return start + b"".join(iter(lambda: record.raw_stream.read(CHUNK), b""))


def _decoded(body: bytes, head: StatusAndHeaders, largest: int) -> bytes:
    """A body without its codings; some crawlers undo them and leave the headers as they were."""
    if "chunked" in (head.get_header("Transfer-Encoding") or "").lower():
        body = dechunked(body)
    if by_content(body, PLAIN) == HTML:
        return body
    return decoded(body, head.get_header("Content-Encoding"), largest)


def _media_type(stated: str) -> str | None:
    return _MEDIA_TYPES.get(stated.partition(";")[0].strip().lower())
