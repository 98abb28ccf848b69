"""Lists of addresses: one a line, with `#` before a comment."""

from __future__ import annotations

from pledgebook.sources.discovery.findings import Findings, Found, UnreadableListing
from pledgebook.sources.discovery.links import is_web_address


def read_address_list(content: bytes) -> Findings:
    """The addresses of a list; raises UnreadableListing, with the line's number, where a line is none."""
    documents = []
    for number, line in enumerate(content.decode("utf-8-sig", errors="replace").splitlines(), start=1):
        address = line.strip()
        if not address or address.startswith("#"):
            continue
        if len(address.split()) > 1 or not is_web_address(address):
            raise UnreadableListing(f"line {number} is no web address: {address[:80]!r}")
        documents.append(Found(address))
    return Findings(documents)
