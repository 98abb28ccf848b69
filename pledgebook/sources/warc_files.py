"""Captures as WARC records: one `resource` record each, compressed one by one, so that any can be read by its offset."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from pledgebook.sources.captures import Capture

# One field of our own holds as JSON what WARC has no field for, so that the index can be made again from the files alone.
_DETAILS = "Pledgebook-Capture"


def record_bytes(capture: Capture, content: bytes) -> bytes:
    """A capture as one compressed WARC record."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    uri = quote(capture.url, safe=":/?&=%#@!$'()*+,;~[]") if capture.url else f"urn:sha256:{capture.sha256}"
    headers = {
        "WARC-Date": datetime_to_iso_date(capture.captured_at.astimezone(UTC).replace(tzinfo=None), use_micros=True),
        "WARC-Payload-Digest": f"sha256:{capture.sha256}",
        _DETAILS: _details(capture),
    }
    record = writer.create_warc_record(
        uri,
        "resource",
        payload=BytesIO(content),
        length=len(content),
        warc_content_type=capture.media_type,
        warc_headers_dict=headers,
    )
    writer.write_record(record)
    return buffer.getvalue()


def read_record(file: BinaryIO, offset: int) -> bytes:
    """The document's bytes in the record that begins at `offset`."""
    file.seek(offset)
    return bytes(next(iter(ArchiveIterator(file))).content_stream().read())


def captures_in(path: Path, root: Path) -> Iterator[Capture]:
    """The captures of a WARC file, up to its end or to where it is torn."""
    with path.open("rb") as file:
        records = ArchiveIterator(file)
        try:
            for record in records:
                content = record.content_stream().read()
                if len(content) == record.length:
                    yield _capture(record, path.relative_to(root).as_posix(), records.get_record_offset())
        except (ArchiveLoadFailed, EOFError):
            return


def _details(capture: Capture) -> str:
    details = {
        "source": capture.source,
        "url": capture.url,
        "name": capture.name,
        "captured_at": capture.captured_at.isoformat(),
        "sha256": capture.sha256,
        "modified_at": capture.modified_at and capture.modified_at.isoformat(),
        "title": capture.title,
        "day": capture.day and capture.day.isoformat(),
    }
    return json.dumps({name: value for name, value in details.items() if value is not None}, sort_keys=True)


def _capture(record: ArcWarcRecord, file: str, offset: int) -> Capture:
    details = json.loads(record.rec_headers.get_header(_DETAILS))
    modified_at, day = details.get("modified_at"), details.get("day")
    return Capture(
        source=details["source"],
        url=details.get("url"),
        name=details["name"],
        media_type=record.rec_headers.get_header("Content-Type"),
        captured_at=datetime.fromisoformat(details["captured_at"]),
        sha256=details["sha256"],
        modified_at=datetime.fromisoformat(modified_at) if modified_at else None,
        title=details.get("title"),
        day=date.fromisoformat(day) if day else None,
        file=file,
        offset=offset,
    )
