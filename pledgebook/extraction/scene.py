"""Who could gain by an undertaking, or be its target: every actor named in or around it that is not bound by it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from pledgebook.extraction.actors import Mention
from pledgebook.extraction.parties import Parties
from pledgebook.extraction.regions import named_in
from pledgebook.extraction.segmentation import Sentence

# From the nearest to the farthest; a candidate is judged by the nearest place that names it.
PLACES = ("quote", "after", "before", "lead_in", "party", "heading", "title", "earlier")
_EARLIER = 350
# Of a text without full stops only what is near the quote is its sentence.
_FARTHEST = 3000


@dataclass(frozen=True)
class Scene:
    """An undertaking `text[start:end]` and what surrounds it; `mentions` are those of the whole text, in reading order."""

    text: str
    title: str
    start: int
    end: int
    sentence: Sentence
    parties: Parties
    mentions: list[Mention]
    actors: tuple[str, ...]
    act: str

    @property
    def quote(self) -> str:
        """The words of the undertaking."""
        return self.text[self.start : self.end]

    def between(self, start: int, end: int) -> list[Mention]:
        """The mentions that begin in `text[start:end]`."""
        first = bisect_left(self.mentions, start, key=_start)
        return self.mentions[first : bisect_left(self.mentions, end, key=_start)]


@dataclass(frozen=True)
class Candidate:
    """An actor that may gain or be a target: its code, the places that name it, nearest first, and its mentions in the quote."""

    code: str
    places: tuple[str, ...]
    mentions: tuple[Mention, ...]

    @property
    def place(self) -> str:
        """The nearest place that names it."""
        return self.places[0]


def candidates(scene: Scene) -> list[Candidate]:
    """The candidates of an undertaking, those named in its quote first, in the order of their first mention."""
    sentence, lead_in = scene.sentence, scene.sentence.lead_in
    inside = scene.between(scene.start, scene.end)
    named = {
        "quote": _codes(inside),
        "after": _codes(scene.between(scene.end, min(sentence.end, scene.end + _FARTHEST))),
        "before": _codes(scene.between(max(sentence.start, scene.start - _FARTHEST), scene.start)),
        "lead_in": _codes(scene.between(lead_in.start, lead_in.end)) if lead_in else (),
        "party": scene.parties.all,
        "heading": named_in(sentence.heading),
        "title": named_in(scene.title),
        "earlier": _codes(scene.between(max(0, sentence.start - _EARLIER), sentence.start)),
    }
    codes = dict.fromkeys(code for place in PLACES for code in named[place] if code not in scene.actors)
    return [
        Candidate(
            code,
            tuple(place for place in PLACES if code in named[place]),
            tuple(mention for mention in inside if mention.code == code),
        )
        for code in codes
    ]


def _start(mention: Mention) -> int:
    return mention.start


def _codes(mentions: list[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.code for mention in mentions))
