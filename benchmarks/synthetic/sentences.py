"""The sentences that each kind of document is made of."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from benchmarks.synthetic.phrases import Phrase, phrase_of, tables

# These name foreign parties in passing, and are mostly about home.
_ABOUT_HOME_TOO = frozenset({"fact_sheet", "statement"})


@dataclass(frozen=True)
class Sentences:
    """Templates by what the extractor is to see in them, as `sentences.toml` explains; a sort that a place has not is empty."""

    promise: list[Phrase]
    cue: list[Phrase]
    plain: list[Phrase]
    agreed: list[Phrase]
    item: list[Phrase]
    lead_in: list[Phrase]
    heading: list[Phrase]


@cache
def sentences_of(kind: str, place: str) -> Sentences:
    """What documents of that kind are made of."""
    pools = {sort: [phrase_of(text) for text in texts] for sort, texts in tables("sentences")[place].items()}
    if place == "abroad" and kind in _ABOUT_HOME_TOO:
        home = sentences_of(kind, "home")
        pools |= {"cue": pools["cue"] + home.cue, "plain": pools["plain"] + home.plain}
    return Sentences(**{field.name: pools.get(field.name, []) for field in fields(Sentences)})
