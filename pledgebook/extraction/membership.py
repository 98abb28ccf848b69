"""Groups among the parties of a document: who acts, the group or its members.

Codebook, section 2: groups stay groups; "the leaders" of a G7 statement are the G7. Where a document names all members of a group, as
statements of three countries that form a partnership do, the members act.
"""

from __future__ import annotations

from functools import cache

from schemas.codelists import table


def acting(issuer: str, everyone: tuple[str, ...], titled: frozenset[str]) -> tuple[str, ...]:
    """The parties without groups whose members are all named, and without an issuer that a group of the title stands for."""
    complete = {group for group in everyone if members(group) and members(group).issubset(everyone)}
    left = tuple(code for code in everyone if code not in complete)
    speaking = [group for group in left if group in titled and issuer in members(group)]
    alone = not any(code != issuer and code in members(group) for group in speaking for code in left)
    return tuple(code for code in left if code != issuer) if speaking and alone else left


@cache
def members(group: str) -> frozenset[str]:
    """The states of a group; none for a state."""
    return frozenset(table("actor_members").filter(group=group)["member"])
