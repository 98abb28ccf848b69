"""Indexes of captures, as web archives answer them: lines of CDX, lines of JSON, or a table in JSON.

Formats: the CDX file format of the Internet Archive (fields N b a m s k r M S V g), the Wayback CDX server's JSON, CDXJ of pywb, and
the JSON lines of Common Crawl.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from pledgebook.sources.discovery.findings import Findings, Found, Range, UnreadableListing
from pledgebook.sources.discovery.paging import filled, number_in
from pledgebook.sources.ways import CdxDiscovery

_LETTERS = {
    "N": "urlkey",
    "b": "timestamp",
    "a": "original",
    "m": "mimetype",
    "s": "statuscode",
    "k": "digest",
    "S": "length",
    "V": "offset",
    "g": "filename",
}
# Of lines without a header, by their number of fields.
_USUAL_LETTERS = {11: [*"NbamskrMSVg"], 7: [*"NbamskS"]}
# A later one goes before an earlier one: what was detected counts more than what the server said.
_OTHER_NAMES = {"url": "original", "mime": "mimetype", "mime-detected": "mimetype", "status": "statuscode"}
_TEXTS = ("text/html", "application/xhtml+xml", "text/plain")
_BEFORE_JSON = re.compile(r"(?:(?P<urlkey>\S+)\s+(?P<timestamp>\d{14})\s+)?(?=\{)")
_NUMBER = re.compile(r"[0-9]{1,18}")
_TIMESTAMP = re.compile(r"[0-9]{14}")

Row = Mapping[str, str]

_LOGGER = logging.getLogger(__name__)


def read_cdx(discovery: CdxDiscovery, address: str, content: bytes) -> Findings:
    """One document for each text that an address had: of equal copies the earliest, when the text was first seen.

    Copies of errors and of other media are no documents. Lines that cannot be read are passed over with a warning that counts
    them; raises UnreadableListing when they are more than half.
    """
    rows = _rows(content.decode("utf-8", errors="replace").strip(), address)
    found: dict[tuple[str, str], Found] = {}
    for row in sorted(filter(_is_document, rows), key=lambda row: row["timestamp"]):
        digest = row.get("digest", "-")
        key = (row["original"], digest if digest != "-" else row["timestamp"])
        found.setdefault(key, _found(discovery, row))
    further = []
    if discovery.pages and rows:
        further = [filled(discovery.pages, page=number_in(discovery.pages, "page", address, 0) + 1)]
    return Findings(list(found.values()), further)


def _rows(text: str, address: str) -> list[Row]:
    read = list(_table(text) if text.startswith("[") else _lines(text))
    rows = [row for row in read if row is not None]
    broken = len(read) - len(rows)
    if broken * 2 > len(read):
        raise UnreadableListing(f"{broken} of {len(read)} lines are no lines of an index of captures: {text[:80]!r}")
    if broken:
        _LOGGER.warning("%s: %d of %d lines are no lines of an index of captures", address, broken, len(read))
    return rows


def _table(text: str) -> Iterator[Row | None]:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableListing(f"it is no table of captures ({error})") from error
    names = table[0] if table else []
    if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        raise UnreadableListing(f"its first row names no columns: {text[:80]!r}")
    for row in table[1:]:
        is_row = isinstance(row, list) and len(row) == len(names)
        yield _named(dict(zip(names, row, strict=True))) if is_row else None


def _lines(text: str) -> Iterator[Row | None]:
    letters: list[str] | None = None
    for line in text.split("\n"):
        cells = line.split()
        if cells[:1] == ["CDX"]:
            letters = cells[1:]
        elif opened := _BEFORE_JSON.match(line):
            yield _json_row(opened.groupdict(), line[opened.end() :])
        elif cells:
            names = letters or _USUAL_LETTERS.get(len(cells), [])
            is_row = len(names) == len(cells)
            yield _named(dict(zip(map(_name_of, names), cells, strict=True))) if is_row else None


def _name_of(letter: str) -> str:
    return _LETTERS.get(letter, letter)


def _json_row(before: Mapping[str, str | None], line: str) -> Row | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return _named({**{name: value for name, value in before.items() if value}, **told})


def _named(row: Mapping[str, object]) -> Row | None:
    """The row under the names of the Wayback Machine; None without an address or a moment."""
    told = {name: str(value) for name, value in row.items() if value is not None}
    named = told | {_OTHER_NAMES[name]: told[name] for name in _OTHER_NAMES if name in told}
    return named if named.get("original") and _moment(named.get("timestamp", "")) else None


def _moment(timestamp: str) -> datetime | None:
    if not _TIMESTAMP.fullmatch(timestamp):  # the parser below reads shorter ones as other moments
        return None
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _is_document(row: Row) -> bool:
    return row.get("statuscode", "200") == "200" and row.get("mimetype", "text/html") in _TEXTS


def _found(discovery: CdxDiscovery, row: Row) -> Found:
    url, moment = row["original"], _moment(row["timestamp"])
    part = _part(row)
    if discovery.record and part:
        return Found(url, filled(discovery.record, filename=row["filename"]), part, captured_at=moment)
    if discovery.snapshot:
        fetch = filled(discovery.snapshot, timestamp=row["timestamp"], url=url)
        return Found(url, fetch, captured_at=moment)
    lacking = "`record` or `snapshot`" if part else "`snapshot`, since this index names no places in files"
    raise UnreadableListing(f"the source lacks {lacking}")


def _part(row: Row) -> Range | None:
    """The place of a record in its file, where the index names it; `-` stands for what it does not know."""
    numbers = [row.get(name, "") for name in ("offset", "length")]
    if row.get("filename", "-") == "-" or not all(_NUMBER.fullmatch(number) for number in numbers):
        return None
    return Range(*map(int, numbers))
