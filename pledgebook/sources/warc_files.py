"""Captures and answers as WARC records, compressed one by one, so that any can be read by its offset.

A document that was loaded is a `resource` record; one that was fetched is the `response` record of its exchange.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.warcwriter import WARCWriter

from pledgebook.sources.answers import Answer, placed
from pledgebook.sources.captures import Capture
from pledgebook.sources.content_coding import decoded
from pledgebook.sources.http_records import answer_in, warc_date, warc_uri

# One field of our own holds as JSON what WARC has no field for, so that the index can be made again from the files alone.
DETAILS = "Pledgebook-Capture"
# Nothing larger is stored; more would mean a damaged file.
_LARGEST = 1 << 30


def record_bytes(capture: Capture, content: bytes) -> bytes:
    """A capture as one compressed WARC record."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    record = writer.create_warc_record(
        warc_uri(capture.url) if capture.url else f"urn:sha256:{capture.sha256}",
        "resource",
        payload=BytesIO(content),
        length=len(content),
        warc_content_type=capture.media_type,
        warc_headers_dict={
            "WARC-Date": warc_date(capture.captured_at),
            "WARC-Payload-Digest": f"sha256:{capture.sha256}",
            DETAILS: details_of(capture),
        },
    )
    writer.write_record(record)
    return buffer.getvalue()


def information_record(file_name: str, fields: dict[str, str]) -> bytes:
    """The record that opens a file and says what made it."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record(file_name, fields))
    return buffer.getvalue()


def read_record(file: BinaryIO, offset: int) -> bytes:
    """The document's bytes in the record that begins at `offset`, its content coding undone."""
    file.seek(offset)
    record = next(iter(ArchiveIterator(file)))
    coding = record.http_headers and record.http_headers.get_header("Content-Encoding")
    return decoded(bytes(record.raw_stream.read()), coding, _LARGEST)


def records_in(path: Path, root: Path, start: int, end: int) -> tuple[list[Capture], list[Answer]]:
    """The captures and answers of a WARC file between two offsets at which records begin or end."""
    captures: list[Capture] = []
    answers: list[Answer] = []
    for record, offset in _records(path, start, end):
        file = path.relative_to(root).as_posix()
        answer = answer_in(record)
        if answer:
            answers.append(placed(answer, file, offset))
        if record.rec_headers.get_header(DETAILS):
            captures.append(replace(_capture(record), file=file, offset=offset))
    return captures, answers


def details_of(capture: Capture) -> str:
    """What WARC has no field for, as JSON."""
    details = {
        "source": capture.source,
        "url": capture.url,
        "name": capture.name,
        "media_type": capture.media_type,
        "captured_at": capture.captured_at.isoformat(),
        "sha256": capture.sha256,
        "modified_at": capture.modified_at and capture.modified_at.isoformat(),
        "title": capture.title,
        "day": capture.day and capture.day.isoformat(),
        "fetched": capture.fetched or None,
    }
    return json.dumps({name: value for name, value in details.items() if value is not None}, sort_keys=True)


def _records(path: Path, start: int, end: int) -> Iterator[tuple[ArcWarcRecord, int]]:
    with path.open("rb") as file:
        file.seek(start)
        records = ArchiveIterator(file)
        for record in records if start < end else ():
            offset = records.get_record_offset()
            if offset >= end:
                return
            yield record, offset


def _capture(record: ArcWarcRecord) -> Capture:
    details = json.loads(record.rec_headers.get_header(DETAILS))
    modified_at, day = details.get("modified_at"), details.get("day")
    return Capture(
        source=details["source"],
        url=details.get("url"),
        name=details["name"],
        media_type=details.get("media_type") or record.rec_headers.get_header("Content-Type"),
        captured_at=datetime.fromisoformat(details["captured_at"]),
        sha256=details["sha256"],
        modified_at=datetime.fromisoformat(modified_at) if modified_at else None,
        title=details.get("title"),
        day=date.fromisoformat(day) if day else None,
        fetched=details.get("fetched", False),
    )
