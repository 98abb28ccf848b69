"""Links of pages, and what a whole address of the web is."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def joined(base: str, link: str) -> str:
    """The address of a link as seen from a base; the link alone when the two make no address."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return link


def is_web_address(address: str) -> bool:
    """Whether an address is whole, and one of the web. JSON may hold half of a character pair, which no request can."""
    try:
        address.encode()
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
