"""Strength, novelty and routine by the letter of the codebook; the words are data (`conditions.csv`, `routine.csv`, `verbs.csv`).

What these rules say is evidence, weighed with the words around in `modality.py`.
"""

from __future__ import annotations

import re
from functools import cache

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.phrases import WrittenPhrases
from pledgebook.extraction.undertakings import Undertaking
from pledgebook.extraction.words import verb_forms

_INTENDED = re.compile(
    r"\b(?:intends?|plans? to|planned|aims? to|seeks? to|determined|ready|willing(?:ness)?|readiness|prepared to|intention|intent)\b",
    re.I,
)
_CONTINUED = re.compile(
    r"^\W*(?:\w+\s+){0,5}?(?:to\s+)?(?:the\s+|a\s+)?(?:significant\s+)?(?:continu\w+|further|ongoing|maintain\w*|sustain\w*|deepen\w*|strengthen\w*|enhanc\w+|expan[ds]\w+|increas\w+|intensif\w+|accelerat\w+)\b",
    re.I,
)
_AGENDA = re.compile(
    r"\b(?:on|regarding|about|to (?!stay|remain|keep|continue|meet|speak|talk|consult|be|maintain|follow))\s*\w", re.I
)
_NEAR = 90


def strength_rule(item: Undertaking, quote: str, sentence: str) -> str:
    """conditional, intended or firm, in that order: an if before an intention before a promise."""
    place = max(0, sentence.find(quote))
    if _conditions().search(sentence[max(0, place - _NEAR) : place + len(quote) + _NEAR]):
        return "conditional"
    opening = " ".join(quote.split()[:7])
    return (
        "intended"
        if item.strength == "intended"
        or (item.family in ("announce", "nominal", "modal") and _INTENDED.search(opening))
        else "firm"
    )


def novelty_rule(item: Undertaking, quote: str, cue: str) -> str:
    """continuing when the undertaking's head goes on with something, else reaffirmed by its frame, else new."""
    if item.verb in verb_forms().continuing:
        return "continuing"
    after = quote.split(cue, 1)[-1] if cue in quote else quote
    if not item.verb and _CONTINUED.match(after):
        return "continuing"
    words = re.findall(r"[\w’'-]+", after.lower())[:3]
    if any(
        word in ("continue", "continuing", "further", "continued", "keep", "maintain", "remain", "stay")
        for word in words
    ):
        return "continuing"
    return item.novelty or "new"


def routine_rule(quote: str) -> bool:
    """Whether a quote has the words of a ritual closing, keeping in touch, meeting again, and names no agenda."""
    match = _rituals().search(quote)
    return match is not None and not _AGENDA.search(quote[match.end() :])


@cache
def _conditions() -> WrittenPhrases:
    return _phrases("conditions")


@cache
def _rituals() -> WrittenPhrases:
    return _phrases("routine")


def _phrases(name: str) -> WrittenPhrases:
    return WrittenPhrases(row["phrase"] for row in read_rows(name, ("phrase", "note")))
