"""Where names written out stand in a text, found without a pattern, which would be compiled and tried at every sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence


def occurrences(
    text: str, names: Sequence[str], allowed: Callable[[int], bool] = lambda _: True
) -> Iterator[tuple[int, str]]:
    """Start and name of each occurrence in reading order, without overlaps; of names that begin at one point the one that comes first in `names`.

    A name counts as a word or words of its own, and where `allowed` holds for its end.
    """
    found = [(start, rank) for rank, name in enumerate(names) for start in _starts(text, name, allowed)]
    reached = 0
    for start, rank in sorted(found):
        if start >= reached:
            reached = start + len(names[rank])
            yield start, names[rank]


def _starts(text: str, name: str, allowed: Callable[[int], bool]) -> Iterator[int]:
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (_of_word(text[start - 1 : start]) or _of_word(text[end : end + 1])) and allowed(end):
            yield start
        start = text.find(name, start + 1)


def _of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
