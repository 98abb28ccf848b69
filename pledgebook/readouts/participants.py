"""The parties to a meeting, as title and first paragraph name them."""

from __future__ import annotations

import re
from datetime import date

from pledgebook.extraction.actors import Mention, gazetteer
from pledgebook.readouts.patterns import patterns

_SENTENCE = re.compile(r".+?[.!?](?=\s+[A-Z“\"]|$)", re.DOTALL)
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Ms|Mrs|Dr|Jr|Sr|St|U\.S|U\.K|U\.N|D\.C)\.|\b[A-Z]\.)$")
_MEETING = re.compile(
    r"\b(?:met|meets|spoke|speaks|talked|hosted|welcomed|held|convened|gathered|joined|called|visit(?:s|ed)?|travel(?:s|l?ed)?"
    r"|conversation|meeting|call|talks|reached|signed|launched|agreed|announced?|affirm\w*)\b"
)
_MATTER = re.compile(
    r"(?:,? (?:to (?:discuss|reaffirm|express|congratulate|mark|offer|condemn|review|thank|talk|consult|advance|continue|underscore|emphasize|reiterate|address|coordinate|exchange|follow|convey|share|welcome|provide|commemorate)"
    r"|and (?:discussed|underscored|reaffirmed|expressed|thanked|emphasized|reiterated|congratulated|condemned|agreed|affirmed|stressed|welcomed|noted)"
    r"|about|regarding|following|concerning|in response to|in light of|on the (?:situation|topic|issue)|where they|during which|ahead of|on the margins of|on the sidelines of))\b"
)
_NO_MEETING = frozenset({"statement", "fact_sheet"})


def participants_of(issuer: str, document_type: str, title: str, text: str, day: date) -> list[str]:
    """Actor codes of the parties, the issuer first; only the issuer where the document tells of no meeting or joint act."""
    codes = [issuer]
    if document_type in _NO_MEETING and any(pattern.search(title) for pattern, _ in patterns("not_parties")):
        return codes
    codes += _codes(_before_matter(title), day)
    opening = opening_sentence(text)
    if document_type not in _NO_MEETING or len(codes) > 1:
        codes += _met_with(opening, day)
    if document_type == "joint_statement" and len(set(codes)) == 1:
        codes += _codes(opening, day)
    return list(dict.fromkeys(codes))


def opening_sentence(text: str) -> str:
    """The first sentence of the text, of those that follow a date line or heading the first that is one."""
    for block in text.split("\n\n"):
        if len(block.split()) < 8 and not block.endswith("."):
            continue
        end = 0
        for match in _SENTENCE.finditer(block):
            end = match.end()
            if not _ABBREVIATED.search(match.group()):
                return block[:end]
        return block
    return text[:600]


def _met_with(sentence: str, day: date) -> list[str]:
    meeting = _MEETING.search(sentence)
    return _codes(_before_matter(sentence), day) if meeting else []


def _before_matter(text: str) -> str:
    """The part that says who met, without what they spoke about."""
    verb = _MEETING.search(text)
    matter = _MATTER.search(text, verb.end() if verb else 0)
    return text[: matter.start()] if matter else text


def _codes(text: str, day: date) -> list[str]:
    return [mention.code for mention in gazetteer().mentions(text, day) if _names_a_party(text, mention)]


def _names_a_party(text: str, mention: Mention) -> bool:
    """A place where they met is none: "in Jakarta, Indonesia", "at the NATO summit"."""
    before = text[max(0, mention.start - 12) : mention.start]
    if mention.kind == "place" or (
        re.search(r"(?:\b(?:in|at|near|from)(?: the)? |, )$", before) and not _listed(text, mention)
    ):
        return False
    return (
        mention.kind != "institution"
        or mention.code not in ("NATO", "UN")
        or "summit" not in text[mention.end : mention.end + 10].lower()
    )


def _listed(text: str, mention: Mention) -> bool:
    """A name after a comma is a party when it goes on in a list ("of Norland, Estavia, and Sundland") or opens a title."""
    before = text[max(0, mention.start - 2) : mention.start]
    return before == ", " and re.match(r"(?:[’']s?)?(?:,| and\b|$| (?:[A-Z]))", text[mention.end :]) is not None
