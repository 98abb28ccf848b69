"""One record of a WARC file that lies elsewhere, read by the range of bytes that an index of captures tells."""

from __future__ import annotations

from io import BytesIO

from pledgebook.sources.containers.limits import Limits
from pledgebook.sources.containers.warc import documents_in_warc
from pledgebook.sources.discovery.findings import Range
from pledgebook.sources.errors import UnreadableDocument
from pledgebook.sources.exchanges import Exchange
from pledgebook.sources.fetching.errors import Refused
from pledgebook.sources.input_documents import InputDocument, Spoilt

_PARTIAL = 206


def range_header(part: Range) -> dict[str, str]:
    """The header that asks for a part of a file (RFC 9110, 14.2)."""
    return {"Range": f"bytes={part.start}-{part.start + part.length - 1}"}


def document_in_part(answer: Exchange, largest: int) -> InputDocument:
    """The document in the record that an answer holds; raises Refused when there is none."""
    if answer.status != _PARTIAL:
        raise Refused(
            f"http_{answer.status}", f"the archive answered {answer.status} to a request for a part of a file"
        )
    try:
        found = next(documents_in_warc(BytesIO(answer.body), answer.url, Limits(document=largest)), None)
    except UnreadableDocument as problem:
        raise Refused(problem.check, problem.reason) from problem
    if isinstance(found, Spoilt):
        raise Refused(found.problem.check, found.problem.reason)
    if found is None:
        raise Refused("no_documents", "the record holds no page")
    return found
