"""Answers in JSON that list documents, read by JMESPath expressions (jmespath.org)."""

from __future__ import annotations

import json
from typing import Any

import jmespath

from pledgebook.sources.discovery.findings import Findings, Found, UnreadableListing
from pledgebook.sources.discovery.paging import filled, number_in
from pledgebook.sources.moments import to_day
from pledgebook.sources.ways import JsonDiscovery


def read_json(discovery: JsonDiscovery, address: str, content: bytes) -> Findings:
    """The documents that an answer lists, and the address of the next answer."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableListing(f"it is no JSON ({error})") from error
    entries = _search(discovery.items, answer)
    if not isinstance(entries, list):
        raise UnreadableListing(f"{discovery.items!r} is no list in its answer: the interface has changed")
    documents = [found for entry in entries if (found := _found(discovery, entry))]
    if entries and not documents:
        raise UnreadableListing(f"no entry of {discovery.items!r} has {discovery.link!r}: the interface has changed")
    return Findings(documents, _further(discovery, address, answer, len(entries)))


def _found(discovery: JsonDiscovery, entry: Any) -> Found | None:
    link = _search(discovery.link, entry)
    if isinstance(link, bool) or not isinstance(link, str | int) or link == "":
        return None
    day = to_day(_search(discovery.date, entry)) if discovery.date else None
    fetch = filled(discovery.fetch, link=link) if discovery.fetch else None
    return Found(filled(discovery.page, link=link), fetch, title=_title(discovery, entry), day=day)


def _title(discovery: JsonDiscovery, entry: Any) -> str | None:
    title = _search(discovery.title, entry) if discovery.title else None
    # JSON may hold half of a character pair, which no file can: it becomes a question mark.
    return title.encode(errors="replace").decode() or None if isinstance(title, str) else None


def _further(discovery: JsonDiscovery, address: str, answer: Any, entries: int) -> list[str]:
    if discovery.next:
        following = _search(discovery.next, answer)
        return [following] if isinstance(following, str) and following else []
    if not discovery.pages or not entries:
        return []
    return [filled(discovery.pages, offset=number_in(discovery.pages, "offset", address, 0) + entries)]


def _search(expression: str, value: Any) -> Any:
    try:
        return jmespath.search(expression, value)
    except jmespath.exceptions.JMESPathError as error:
        raise UnreadableListing(f"{expression!r} is no JMESPath expression, or does not fit ({error})") from error
