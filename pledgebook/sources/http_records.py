"""HTTP exchanges as WARC records: `response` and `request`, or `revisit` and `request` where the content is held already.

The status line is written as HTTP/1.1 and the body as it was received, so that any reader of WARC understands it. Only the transfer
coding is undone by the time we see the body; its header is kept under the name `X-Archive-Orig-Transfer-Encoding`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import quote, urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from pledgebook.sources.answers import NOT_MODIFIED, Answer
from pledgebook.sources.exchanges import Exchange, Headers

# What WARC has no field for, so that the index can be made again from the files alone.
DETAILS = "Pledgebook-Answer"
_IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_KEPT = ":/?&=%#@!$'()*+,;~[]"
_OF_RECORD = ("file", "offset", "moment", "status")


def exchange_records(exchange: Exchange, answer: Answer, holder: Answer | None, details: dict[str, str]) -> bytes:
    """An exchange as compressed records, the answer first; with a `holder` a revisit of its record. `details`: further fields."""
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    fields = {"WARC-Date": warc_date(exchange.moment), DETAILS: _details(answer), **details}
    response = _response(writer, exchange, fields) if holder is None else _revisit(writer, exchange, holder, fields)
    writer.write_request_response_pair(_request(writer, exchange), response)
    return buffer.getvalue()


def answer_in(record: ArcWarcRecord) -> Answer | None:
    """The answer that a record of ours holds, its place aside; None for any other record."""
    details = record.rec_headers.get_header(DETAILS)
    if details is None:
        return None
    moment = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date").replace("Z", "+00:00"))
    return Answer(**json.loads(details), moment=moment, status=int(record.http_headers.get_statuscode()))


def warc_date(moment: datetime) -> str:
    """A moment as WARC 1.1 writes it."""
    return str(datetime_to_iso_date(moment.astimezone(UTC).replace(tzinfo=None), use_micros=True))


def warc_uri(url: str) -> str:
    """An address as a header can hold it."""
    return quote(url, safe=_KEPT)


def _details(answer: Answer) -> str:
    told = {name: value for name, value in asdict(answer).items() if value is not None and name not in _OF_RECORD}
    return json.dumps(told, sort_keys=True)


def _response(writer: WARCWriter, exchange: Exchange, fields: dict[str, str]) -> ArcWarcRecord:
    return writer.create_warc_record(
        warc_uri(exchange.url),
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=_http_headers(exchange),
        warc_headers_dict=fields,
    )


def _revisit(writer: WARCWriter, exchange: Exchange, holder: Answer, fields: dict[str, str]) -> ArcWarcRecord:
    """A record without content, which refers to the one that holds it (WARC 1.1, section 6.7)."""
    refers = {
        "WARC-Profile": _NOT_MODIFIED if exchange.status == NOT_MODIFIED else _IDENTICAL,
        "WARC-Refers-To-Target-URI": warc_uri(holder.target),
        "WARC-Refers-To-Date": warc_date(holder.moment),
    }
    return writer.create_warc_record(
        warc_uri(exchange.url),
        "revisit",
        payload=BytesIO(),
        length=0,
        http_headers=_http_headers(exchange),
        warc_headers_dict={**fields, **refers},
    )


def _request(writer: WARCWriter, exchange: Exchange) -> ArcWarcRecord:
    parts = urlsplit(exchange.url)
    line = f"GET {parts.path or '/'}{'?' + parts.query if parts.query else ''} HTTP/1.1"
    head = StatusAndHeaders(line, exchange.request_headers, is_http_request=True)
    return writer.create_warc_record(warc_uri(exchange.url), "request", payload=BytesIO(), length=0, http_headers=head)


def _http_headers(exchange: Exchange) -> StatusAndHeaders:
    return StatusAndHeaders(
        f"{exchange.status} {exchange.reason}".rstrip(), _kept(exchange.headers), protocol="HTTP/1.1"
    )


def _kept(headers: Headers) -> Headers:
    return [
        (f"X-Archive-Orig-{name}" if name.lower() == "transfer-encoding" else name, value) for name, value in headers
    ]
