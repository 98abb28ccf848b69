"""The parties to a meeting, as title and opening sentence name them.

Words that tell a party from a place, a matter or an occasion are data: `party_phrases.csv` (role, pattern, why).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from pledgebook.extraction.actors import Mention, gazetteer
from pledgebook.readouts.patterns import names, phrases
from schemas import codelists

_SITES = ("place", "capital")
_HAS_CAPITAL_NEXT = re.compile(r"[ -][A-ZÀ-Þ]")
_WINDOW = 60


def participants_of(issuer: str, document_type: str, title: str, opening: str, day: date) -> list[str]:
    """Actor codes of the parties, the issuer first; only the issuer where the document tells of no meeting or joint act.

    A meeting to come counts too. `opening` is the first sentence of the text; `day` tells who held an office.
    """
    named = [*_joined_with(issuer, title, day)]
    if document_type == "joint_statement":
        named += _codes(_before(title, "statement", "topic", "aside"), day)
        if _only_groups(code for code in named if code != issuer):
            named += _codes(_before(opening, "statement", "matter", "resolve"), day)
    elif document_type == "readout" or _tells_of_parties(title):
        for part in (title, opening):
            named += _codes(_before(part, "meeting", "matter", "aside"), day)
    return list(dict.fromkeys([issuer, *named]))


def _joined_with(issuer: str, title: str, day: date) -> list[str]:
    """Codes of those whom a title names in one breath with the issuer: "United States – Norland", "U.S. and Estavia"."""
    chains: list[list[Mention]] = [[]]
    for mention in gazetteer().mentions(title, day):
        if chains[-1] and not phrases("joined").fullmatch(title[chains[-1][-1].end : mention.start]):
            chains.append([])
        chains[-1].append(mention)
    named = [[mention.code for mention in chain if mention.kind not in _SITES] for chain in chains]
    return [code for codes in named if issuer in codes for code in codes]


def _tells_of_parties(title: str) -> bool:
    """Whether a statement or fact sheet is about a meeting, past or to come, or about a deal."""
    return names("document_types", "readout", title) or bool(phrases("deal").search(title))


def _before(text: str, opens: str, *closes: str) -> str:
    """The part that says who met: up to the first phrase of the roles `closes` that follows the first of role `opens`."""
    begin = phrases(opens).search(text)
    ends = [phrases(role).search(text, begin.end() if begin else 0) for role in closes]
    return text[: min((end.start() for end in ends if end), default=len(text))]


def _codes(text: str, day: date) -> list[str]:
    mentions = gazetteer().mentions(text, day)
    pairs = zip(mentions, [*mentions, None][1:], strict=True)
    return [mention.code for mention, following in pairs if _names_a_party(text, mention, following)]


def _names_a_party(text: str, mention: Mention, following: Mention | None) -> bool:
    if mention.kind in _SITES or mention.code in _actors("non_state"):
        return False
    if mention.kind == "person" and not _is_the_person(text, mention, following):
        return False
    before = text[max(0, mention.start - _WINDOW) : mention.start]
    return not phrases("place").search(before) and not phrases("not_state").match(text, mention.end)


def _is_the_person(text: str, mention: Mention, following: Mention | None) -> bool:
    """Whether a surname is that official's: "Wong of Singapore" and "Ali Bongo" are others than the ones listed."""
    if (
        following
        and following.code != mention.code
        and phrases("of_whom").fullmatch(text[mention.end : following.start])
    ):
        return False
    return " " in text[mention.start : mention.end] or not _HAS_CAPITAL_NEXT.match(text, mention.end)


def _only_groups(codes: Iterable[str]) -> bool:
    """Whether the codes name no state: "the G7" alone leaves open who its members are, which the text may say."""
    return _actors("state", "territory").isdisjoint(codes)


@cache
def _actors(*types: str) -> frozenset[str]:
    actors = codelists.table("actors")
    return frozenset(actors.filter(actors["type"].is_in(types))["code"])
