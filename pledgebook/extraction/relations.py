"""What an actor is, and how it stands to those who are bound: a group of theirs, a member of theirs, a body of theirs."""

from __future__ import annotations

from functools import cache

from schemas import codelists


def type_of(code: str) -> str:
    """The type of an actor in the code list (state, territory, organisation, group, non_state); "" when it has none."""
    return _types().get(code, "")


def relation(code: str, actors: tuple[str, ...]) -> str:
    """own group: all its members are bound; group: some are; member: its group is bound; body: its parent is bound; else none."""
    members = _members().get(code, frozenset())
    bound = members.intersection(actors)
    if bound:
        return "own group" if bound == members else "group"
    if any(code in _members().get(actor, ()) for actor in actors):
        return "member"
    return "body" if _parents().get(code) in actors else "none"


@cache
def _types() -> dict[str, str]:
    return dict(codelists.table("actors").select("code", "type").iter_rows())


@cache
def _parents() -> dict[str, str]:
    return dict(codelists.table("actors").select("code", "parent").drop_nulls().iter_rows())


@cache
def _members() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group, member in codelists.table("actor_members").select("group", "member").iter_rows():
        found.setdefault(group, set()).add(member)
    return {group: frozenset(members) for group, members in found.items()}
