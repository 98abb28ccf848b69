"""Whose promise it is, seen from the issuer: own, joint, counterpart, third_party."""

from __future__ import annotations

from pledgebook.extraction.membership import members
from pledgebook.extraction.parties import Parties


def attribution_of(actors: tuple[str, ...], parties: Parties) -> str:
    """own: the issuer binds itself; joint: the issuer with others, or a group that speaks for it; counterpart: another party of the meeting; else third_party."""
    if actors == (parties.issuer,):
        return "own"
    if parties.issuer in actors or (parties.issuer not in parties.all and _of_its_group(actors, parties.issuer)):
        return "joint"
    return "counterpart" if any(code in parties.all for code in actors) else "third_party"


def _of_its_group(actors: tuple[str, ...], issuer: str) -> bool:
    return any(issuer in members(code) for code in actors)
