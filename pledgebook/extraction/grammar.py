"""The grammar of commissives, read once from the lexicon: which words commit, and what must follow them.

`lexicon/frames.csv` has a row for each committing word. form: `verb` (all finite forms), `phrase` (as it stands, after a form of be), `words` (as it stands), `progressive` (is
providing), `noun` (singular and plural), `modal`. family says how the clause around it is read (`cues.py`); complements, parted by |, say what may follow:
to (to + verb), to_gerund, to_noun (to or towards + noun), that, base (a bare verb), money, noun, deliverable, agreement, order, invitation, officials, under, of, for, on, alone
(nothing: "their treaty commitments").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pledgebook.extraction.lexicon_files import one_of, read_rows
from pledgebook.extraction.phrases import Phrases
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import gerund, past, third_person, verb_forms

FAMILIES = (
    "promise",
    "report",
    "modal",
    "reported",
    "announce",
    "performative",
    "accept",
    "order",
    "ordering",
    "progressive",
    "nominal",
    "terms",
)
_NO_ADVERBS = word_class("no adverb")
STRENGTHS = ("firm", "intended", "conditional")


@dataclass(frozen=True)
class Frame:
    """One committing word in one of its forms.

    words: the form, word by word; tense: base, present, past, gerund, noun, phrase or modal; complements: what may follow.
    """

    words: tuple[str, ...]
    lemma: str
    tense: str
    family: str
    complements: frozenset[str]
    strength: str
    novelty: str


@dataclass(frozen=True)
class Reporting:
    """A verb that tells of a commitment ("underscored their commitment"): whether the quote begins with it."""

    verb: str
    novelty: str
    quoted: bool


@dataclass(frozen=True)
class Grammar:
    """All tables of the lexicon that the clause reader looks words up in."""

    frames: dict[str, tuple[Frame, ...]]
    reporting: dict[str, Reporting]
    adverbs: frozenset[str]
    deliverables: dict[str, str]
    values: frozenset[str]
    goals: Phrases
    quote_ends: Phrases
    exclusions: dict[str, dict[str, Phrases]]
    not_undertaken: frozenset[str]
    verb_nouns: frozenset[str]

    def adverb(self, word: str) -> bool:
        """Whether a word may stand between the parts of a verb group."""
        return word in self.adverbs or (word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS)


@cache
def grammar() -> Grammar:
    """The grammar of the bundled lexicon; raises LexiconError where a row cannot be used."""
    return Grammar(
        frames=_frames(),
        reporting=_reporting(),
        adverbs=frozenset(row["word"] for row in read_rows("adverbs", ("word",))),
        deliverables={row["noun"]: row["kind"] for row in read_rows("deliverables", ("noun", "kind"))},
        values=frozenset(row["noun"] for row in read_rows("values", ("noun",))),
        goals=Phrases(tuple(row["term"].split()) for row in read_rows("goals", ("term",))),
        quote_ends=Phrases(tuple(row["phrase"].split()) for row in read_rows("quote_ends", ("phrase", "note"))),
        exclusions=_exclusions(),
        verb_nouns=frozenset(row["word"] for row in read_rows("verb_nouns", ("word",))),
        not_undertaken=frozenset(row["verb"] for row in read_rows("not_undertaken", ("verb", "reason", "note"))),
    )


def _frames() -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for row in read_rows("frames", ("cue", "form", "family", "complements", "strength", "novelty", "note")):
        one_of(row, "family", FAMILIES, "frames")
        one_of(row, "strength", STRENGTHS, "frames")
        for words, tense in _forms(row["cue"], row["form"]):
            complements = frozenset(row["complements"].split("|"))
            frame = Frame(words, row["cue"], tense, row["family"], complements, row["strength"], row["novelty"])
            found.setdefault(words[0], []).append(frame)
    return {
        first: tuple(sorted(frames, key=lambda frame: (-len(frame.words), frame.tense != "phrase")))
        for first, frames in found.items()
    }


def _forms(cue: str, form: str) -> list[tuple[tuple[str, ...], str]]:
    if form == "verb":
        forms = verb_forms()
        irregular = {base: shape for shape, base in forms.past.items()}
        shapes = {
            "base": cue,
            "present": third_person(cue),
            "past": irregular.get(cue, past(cue)),
            "gerund": gerund(cue),
        }
        return [((word,), tense) for tense, word in shapes.items()]
    if form == "progressive":
        return [((gerund(cue),), "gerund")]
    if form == "noun":
        return [((cue,), "noun"), ((third_person(cue),), "noun")]
    return [(tuple(cue.split()), form)]


def _reporting() -> dict[str, Reporting]:
    found = {}
    for row in read_rows("reporting", ("verb", "novelty", "quoted", "note")):
        entry = Reporting(row["verb"], row["novelty"], row["quoted"] == "yes")
        for word in (row["verb"], third_person(row["verb"]), past(row["verb"]), gerund(row["verb"])):
            found[word] = entry
    return found


def _exclusions() -> dict[str, dict[str, Phrases]]:
    """By side ("before", "after" the cue), then by reason."""
    sides = ("before", "after")
    found: dict[str, dict[str, list[tuple[str, ...]]]] = {side: {} for side in sides}
    for row in read_rows("exclusions", ("phrase", "side", "reason", "note")):
        side = one_of(row, "side", sides, "exclusions")
        found[side].setdefault(row["reason"], []).append(tuple(row["phrase"].split()))
    return {side: {reason: Phrases(phrases) for reason, phrases in kinds.items()} for side, kinds in found.items()}
