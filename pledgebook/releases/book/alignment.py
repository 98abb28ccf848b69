"""Recognise the commitments of a readout that was read again: which found row continues which published one.

Three signs, best first: the same head word in the same sentence, quotes that overlap, sentences that are alike.
Offsets are compared only while the text stays the same; after an edit the words of the quotes are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

# Below these, two promises of one kind ("provide 5 million for schools", "provide 7 million for clinics")
# would pass for each other; above them, a typo mended or a word added still leaves a row itself.
SAME_WORDS = 80.0
RELATED_WORDS = 50.0
# A statement of two hundred commitments is a long treaty; beyond it only near rows are compared.
REACH = 200


class Row(NamedTuple):
    """What is compared of one commitment; `place` is its rank in the readout."""

    quote: str
    sentence: str
    head: str
    start: int
    end: int
    place: int


def align(old: Sequence[Row], new: Sequence[Row], *, same_text: bool) -> dict[int, int]:
    """Match rows one to one, the best pairs first; return positions in `new` to positions in `old`.

    Rows that stayed to the letter are matched first, in order; of a long text only rows of neighbouring rank are then compared, so that
    time grows with its length and not with the square.
    """
    matched = unchanged(old, new)
    continued = set(matched.values())
    left_old = [place for place in range(len(old)) if place not in continued]
    left_new = [place for place in range(len(new)) if place not in matched]
    pairs = [
        (strength, abs(old[position_old].place - new[position_new].place), position_old, position_new)
        for position_old, position_new in neighbours(left_old, left_new)
        if (strength := likeness(old[position_old], new[position_new], same_text=same_text))
    ]
    pairs.sort(key=lambda pair: (-pair[0][0], -pair[0][1], *pair[1:]))
    taken: set[int] = set()
    for _, _, position_old, position_new in pairs:
        if position_new not in matched and position_old not in taken:
            matched[position_new] = position_old
            taken.add(position_old)
    return matched


def unchanged(old: Sequence[Row], new: Sequence[Row]) -> dict[int, int]:
    """Match the rows whose quote, sentence and head are the same, the first with the first."""
    waiting: dict[tuple[str, str, str], list[int]] = {}
    for place in reversed(range(len(old))):
        waiting.setdefault((old[place].quote, old[place].sentence, old[place].head), []).append(place)
    matched = {}
    for place, row in enumerate(new):
        if same := waiting.get((row.quote, row.sentence, row.head)):
            matched[place] = same.pop()
    return matched


def neighbours(old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of positions whose ranks among what is left are at most `REACH` apart."""
    for rank, position_old in enumerate(old):
        for position_new in new[max(0, rank - REACH) : rank + REACH + 1]:
            yield position_old, position_new


def likeness(before: Row, after: Row, *, same_text: bool) -> tuple[int, float] | None:
    """Say by which sign two rows are the same, and how much their quotes agree; None when they are not."""
    agreement = fuzz.ratio(before.quote, after.quote)
    if before.sentence == after.sentence and before.head == after.head:
        return 3, agreement
    if same_text:
        shared = min(before.end, after.end) - max(before.start, after.start)
        return (2, float(shared)) if shared > 0 else None
    if agreement >= SAME_WORDS:
        return 2, agreement
    # A shared lead-in makes the items of one list look alike, so the quotes must be related as well.
    if fuzz.ratio(before.sentence, after.sentence) >= SAME_WORDS and agreement >= RELATED_WORDS:
        return 1, agreement
    return None
