"""Which sentences of a text differ from those of its earlier version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Prefix

from pledgebook.extraction.segmentation import sentences
from pledgebook.releases.book.alignment import neighbours
from pledgebook.releases.texts.markdown import LONGEST, shown

MOST = 20
# Below this, two sentences share little more than the letters of any two sentences.
ALIKE = 60.0
# How much of what long sentences share is shown before the place at which they part.
CONTEXT = 100


def sentence_changes(before: str, now: str) -> Iterator[str]:
    """Tell the sentences that differ, at most `MOST` of them; white space and order do not count."""
    told = list(differences(parts(before), parts(now)))
    yield from islice(told, MOST)
    if len(told) > MOST:
        yield f"and {len(told) - MOST:,} more"
    if not told:
        yield "no sentence differs, only their order or white space"


def differences(before: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    """Tell each sentence that has no equal on the other side: those of the old text in their order, then the new ones."""
    old = list((Counter(before) - Counter(now)).elements())
    new = list((Counter(now) - Counter(before)).elements())
    partners = paired(old, new)
    for place, sentence in enumerate(old):
        if place in partners:
            was, is_now = from_the_difference(sentence, new[partners[place]])
            yield f"was: “{shown(was)}” / now: “{shown(is_now)}”"
        else:
            yield f"gone: “{shown(sentence)}”"
    continued = set(partners.values())
    yield from (f"new: “{shown(sentence)}”" for place, sentence in enumerate(new) if place not in continued)


def paired(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Match sentences that are alike one to one, the best pairs first; return positions in `old` to positions in `new`."""
    likeness = [
        (-agreement, abs(place_old - place_new), place_old, place_new)
        for place_old, place_new in neighbours(range(len(old)), range(len(new)))
        if (agreement := fuzz.ratio(old[place_old], new[place_new], score_cutoff=ALIKE))
    ]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, place_old, place_new in sorted(likeness):
        if place_old not in matched and place_new not in taken:
            matched[place_old] = place_new
            taken.add(place_new)
    return matched


def from_the_difference(old: str, new: str) -> tuple[str, str]:
    """Leave out the beginning that two sentences share where they would else be cut before they differ."""
    shared = Prefix.similarity(old, new)
    if max(len(old), len(new)) <= LONGEST or shared <= CONTEXT:
        return old, new
    return f"…{old[shared - CONTEXT :]}", f"…{new[shared - CONTEXT :]}"


def parts(text: str) -> list[str]:
    """Return the sentences of a text, with its headings and without its list marks, white space folded."""
    found = []
    for block in text.split("\n\n"):
        starts = [0, *(sentence.start for sentence in sentences(block)[1:]), len(block)]
        found += [" ".join(block[start:end].removeprefix("- ").split()) for start, end in pairwise(starts)]
    return [part for part in found if part]
