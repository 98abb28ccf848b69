"""Templates and the words that fill their slots, read from the data files beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

FOLDER = Path(__file__).parent
# Only random() is promised to give the same numbers in every version of Python.
Draw = Callable[[], float]
Words = Mapping[str, Sequence[str]]
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Phrase:
    """A template, taken apart once: its words with `%s` at each slot, and the names of the slots."""

    pattern: str
    slots: tuple[str, ...]

    def filled(self, words: Words, draw: Draw) -> str:
        """The template with a word drawn for each slot."""
        return self.pattern % tuple([one_of(words[slot], draw) for slot in self.slots])


def one_of(things: Sequence[Thing], draw: Draw) -> Thing:
    """One of them, each as likely as the others."""
    return things[int(draw() * len(things))]


def phrase_of(template: str) -> Phrase:
    """The phrase of a template with its slots in braces: "{Home} will send {good}."."""
    parts = list(Formatter().parse(template))
    pattern = "".join(words.replace("%", "%%") + ("%s" if slot else "") for words, slot, _, _ in parts)
    return Phrase(pattern, tuple(slot for _, slot, _, _ in parts if slot))


def tables(name: str) -> dict[str, Any]:
    """The tables of a TOML file of this package."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def all_words() -> dict[str, tuple[str, ...]]:
    """What may fill each slot that is the same for all documents."""
    lists = tables("words")
    return {
        slot: tuple(word for entry in entries for word in _combinations(entry, lists))
        for slot, entries in lists.items()
    }


def _combinations(entry: str, lists: Mapping[str, Sequence[str]]) -> list[str]:
    """An entry with its own slots filled in all ways."""
    phrase = phrase_of(entry)
    choices = [[word for inner in lists[slot] for word in _combinations(inner, lists)] for slot in phrase.slots]
    return [phrase.pattern % words for words in product(*choices)]
