"""Identifiers of readouts and meetings: a prefix and 16 letters of a SHA-256."""

from __future__ import annotations

import hashlib

from pledgebook.sources.addresses import canonical_url


def readout_id(url: str | None, issuer: str, title: str, day: str, text_sha256: str) -> str:
    """From the canonical address; with no address from issuer, title, date of publication and hash of the text."""
    return identifier("r", canonical_url(url) if url else "\n".join((issuer, title, day, text_sha256)))


def identifier(prefix: str, name: str) -> str:
    """The prefix, a hyphen, and the first 16 hexadecimal digits of the SHA-256 of the name."""
    return f"{prefix}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
