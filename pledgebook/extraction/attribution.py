"""Whose promise it is, seen from the issuer: own, joint, counterpart, third_party."""

from __future__ import annotations

from pledgebook.extraction.parties import Parties


def attribution_of(actors: tuple[str, ...], parties: Parties) -> str:
    """own: the issuer binds itself; joint: the issuer with others; counterpart: another party of the meeting; else third_party."""
    if actors == (parties.issuer,):
        return "own"
    if parties.issuer in actors:
        return "joint"
    return "counterpart" if any(code in parties.all for code in actors) else "third_party"
