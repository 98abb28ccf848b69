"""Who is meant: the subject of a committing verb, resolved to actor codes.

A subject is read leftwards from the verb as a noun phrase: names in it win; else a description ("the two leaders", "both sides",
"the Administration"; `lexicon/descriptions.csv`) is resolved to the parties of the document.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, cached_property
from typing import NamedTuple

from pledgebook.extraction.actors import Mention
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.parties import Description, Parties, descriptions
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens, verb_forms

_INSIDE = word_class("inside a subject")
_PREPOSITIONS = word_class("preposition")
_VERB_GROUP = word_class("verb group")
_PARTICIPLES = word_class("participle before a noun")
_FIRMS = word_class("firm")
_DEALS = word_class("deal")
_RELATIVE = word_class("relative")
# A list of thirty countries has as many words; what is longer, as a text in capitals, is no noun phrase.
_LONGEST_SUBJECT = 120


class Subject(NamedTuple):
    """The subject of a verb.

    codes: actors ((), when the phrase names none); first: token where its phrase begins; noun: its last word in lower case, or what kind of
    thing it is ("a name", "a firm", "a deal"); order: whether it is an executive order.
    """

    codes: tuple[str, ...]
    first: int
    noun: str
    order: bool = False


@cache
def _non_actors() -> frozenset[str]:
    return frozenset(row["noun"] for row in read_rows("non_actors", ("noun", "note")))


class SentenceActors:
    """The mentions of one sentence by token, and the reading of subjects in it."""

    def __init__(self, tokens: Tokens, mentions: list[Mention], parties: Parties) -> None:
        self._tokens, self._mentions, self._parties = tokens, mentions, parties

    @cached_property
    def _at(self) -> dict[int, Mention]:
        starts = self._tokens.starts
        return {
            index: mention
            for mention in self._mentions
            for index in range(bisect_left(starts, mention.start), bisect_left(starts, mention.end))
        }

    def subject(self, verb: int, lowest: int = 0) -> Subject | None:
        """The subject of the verb group that begins at token `verb`; None where no noun phrase stands before it."""
        last = self._before_group(verb - 1, lowest)
        if last < lowest or self._tokens.words[last] in _RELATIVE:
            return None
        if self._tokens.words[last] == ",":
            last = self._before_insertion(last, lowest)
        first = self._phrase_start(last, lowest)
        if first > last:
            return None
        return self._modified(first, last, lowest) or Subject(
            self.codes(first, last + 1), first, self._noun(first, last), self._names_order(first, last + 1)
        )

    def _noun(self, first: int, last: int) -> str:
        words = self._tokens.words
        if not _FIRMS.isdisjoint(words[first : last + 1]):
            return "a firm"
        if last in self._at:
            return "a name"
        return "a deal" if words[last] in _DEALS else words[last]

    def _names_order(self, first: int, end: int) -> bool:
        described = self._described(first, end)
        return described is not None and described.role == "order"

    def _modified(self, first: int, last: int, lowest: int) -> Subject | None:
        """ "The deal with Norland will" is about the deal, "ministers from Norland" about Norland: the noun before a preposition decides."""
        words = self._tokens.words
        if first - 2 < lowest or words[first - 1] not in _PREPOSITIONS:
            return None
        if commas := [index for index in range(first, last - 1) if words[index] == ","]:
            start = commas[-1] + 1 + (words[commas[-1] + 1] == "and")
            return Subject(self.codes(start, last + 1), start, self._noun(start, last))
        head = first - 2
        if words[head] in descriptions() or head in self._at:
            return Subject(self.codes(first, last + 1) or self.codes(head, first), head, self._noun(head, head))
        return Subject((), head, self._noun(head, head))

    def codes(self, first: int, end: int) -> tuple[str, ...]:
        """Codes of the names in tokens first to end, else of the descriptions there, by first mention."""
        named = tuple(
            dict.fromkeys(
                self._at[index].code for index in range(first, end) if index in self._at and self._counts(index, end)
            )
        )
        described = self._described(first, end)
        return named or (self._parties.resolve(described) if described else ())

    def verb_at(self, index: int) -> bool:
        """Whether the past form at `index` is a verb, not a participle before a noun ("shared", "continued") or part of a name."""
        word = self._tokens.words[index]
        return word in verb_forms().past and index not in self._at and word not in _PARTICIPLES

    def _counts(self, index: int, end: int) -> bool:
        """A name counts unless it only modifies a common noun that is no actor ("U.S. companies")."""
        mention, after = self._at[index], index + 1
        while after < end and self._at.get(after) is mention:
            after += 1
        rest = self._tokens.words[after:end]
        return not any(word in _non_actors() for word in rest[:6])

    def _capital(self, index: int) -> bool:
        return self._tokens.capitals[index]

    def _described(self, first: int, end: int) -> Description | None:
        words = self._tokens.words
        for index in range(end - 1, first - 1, -1):
            for entry in descriptions().get(words[index], ()):
                if words[max(first, index - len(entry.words) + 1) : index + 1] == entry.words:
                    return entry
        return None

    def _before_group(self, index: int, lowest: int) -> int:
        words, adverb = self._tokens.words, grammar().adverb
        while index >= lowest and (
            words[index] in _VERB_GROUP or (adverb(words[index]) and words[index] not in ("both", "all", "each"))
        ):
            index -= 1
        return index

    def _before_insertion(self, comma: int, lowest: int) -> int:
        """From the comma that closes an insertion ("The leaders, meeting in Oslo, agreed") to what stands before it."""
        for index in range(comma - 1, max(lowest, comma - 14), -1):
            if self._tokens.words[index] == ",":
                return index - 1
        return comma

    def _phrase_start(self, last: int, lowest: int) -> int:
        index, lowest = last, max(lowest, last - _LONGEST_SUBJECT)
        while index >= lowest and self._in_phrase(index):
            index -= 1
        first, words = index + 1, self._tokens.words
        while first <= last and (words[first] in ("and", ",", ")", "&") or words[first] in _PREPOSITIONS):
            first = self._after_adjunct(first, last) if words[first] in _PREPOSITIONS else first + 1
        return first

    def _after_adjunct(self, first: int, last: int) -> int:
        """Past an opening adjunct ("In Geneva, …") to what follows its comma."""
        for index in range(first, last):
            if self._tokens.words[index] == ",":
                return index + 1
        return first + 1

    def _in_phrase(self, index: int) -> bool:
        word = self._tokens.words[index]
        if word == ",":
            return self._list_comma(index)
        if index in self._at or self._capital(index) or word in _INSIDE or word in descriptions():
            return True
        return word in ("from", "in", "at") and index > 0 and self._capital(index - 1)

    def _list_comma(self, index: int) -> bool:
        before, after = index - 1, index + 1
        if before < 0 or after >= len(self._tokens):
            return False
        return (before in self._at or self._capital(before)) and (
            self._capital(after) or self._tokens.words[after] in ("and", "the")
        )
