"""WARC files (ISO 28500): each record read one after the other, its body never longer than a document may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from warcio.archiveiterator import WARCIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from pledgebook.sources.containers.limits import Limits
from pledgebook.sources.containers.records import found_in
from pledgebook.sources.containers.streams import BROKEN, CHUNK, Budget, Stream
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.input_documents import Documents


def documents_in_warc(file: BinaryIO, name: str, limits: Limits, budget: Budget | None = None) -> Documents:
    """The documents of a WARC file, plain or compressed, named by the number of their record; `found_in` says what is one.

    budget: of the file in which this one lies, or None.

    Raises UnreadableDocument, after all that came before, where the file is damaged or cut off.
    """
    for number, record in enumerate(_records(Stream(file, budget or Budget(limits.archive))), start=1):
        found = found_in(record, f"{name}#{number}", limits.document)
        _pass_over_rest(record, number)
        if found:
            yield found


def _records(stream: Stream) -> Iterator[ArcWarcRecord]:
    records = WARCIterator(stream, no_record_parse=True)
    # The stream is decompressed already, and unlike this library it tells when it is damaged.
    records.reader.set_decomp(None)
    try:
        for record in records:
            stream.expect_body()
            yield record
            stream.expect_header()
    except ArchiveLoadFailed as error:
        reason = "it is damaged, or no WARC file: a record does not begin with its version; what came before was read"
        raise UnreadableDocument(BROKEN, reason) from error


def _pass_over_rest(record: ArcWarcRecord, number: int) -> None:
    if record.length is None:
        raise UnreadableDocument(BROKEN, f"it is damaged: record {number} has no length; what came before was read")
    while record.raw_stream.read(CHUNK):
        pass
    if record.raw_stream.limit:
        raise UnreadableDocument(BROKEN, f"its last record, number {number}, is cut off; what came before was read")
