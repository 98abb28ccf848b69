"""Who takes part in a document: the parties, their offices and surnames as this document gives them, and who was spoken of last."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from pledgebook.extraction.actors import Mention, gazetteer
from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.membership import acting
from pledgebook.extraction.occurrences import occurrences
from schemas.codelists import table

_OPENING = 900
_WINDOW = 90
_OF = re.compile(r"\s*\bof(?: the)?\s+$")
_POSSESSIVE = re.compile(
    r"[’']s?\s+(?:[Cc]all|[Mm]eeting|[Pp]hone|[Tt]ravel|[Tt]rip|[Vv]isit|[Vv]ideo|[Bb]ilateral|[Tt]rilateral)"
)
_PARTICLES = frozenset({"al", "bin", "de", "van", "von", "da", "dos"})
_JOINT = re.compile(
    r"joint|communiqu|leaders[’'] statement|statement (?:of|by) the leaders|declaration|united states\W+\w+.* (?:agreement|statement)",
    re.I,
)
_GROUP_ACTS = re.compile(r"leaders|ministers|statement|communiqu|declaration|partners|summit|fact sheet", re.I)
_MEMBER_MEETS = re.compile(r"readout|\b(?:call|meeting|conversation|travel|trip|visit)\b|secretary[- ]general", re.I)


@dataclass(frozen=True)
class Description:
    """A common noun or pronoun that stands for actors; role: parties, we, issuer, person, office, allies, body, order, adjective."""

    words: tuple[str, ...]
    plural: bool
    role: str


@dataclass
class Parties:
    """The parties of a document, and what its descriptions and pronouns stand for at one point of it.

    issuer: code of the issuing actor; all: codes of the parties, issuer first; offices: "prime minister" → code;
    joint: whether "we" is all the parties; person, group: codes of the last subjects, for "he" and "they".
    """

    issuer: str
    all: tuple[str, ...]
    offices: dict[str, str]
    joint: bool
    person: str = ""
    group: tuple[str, ...] = field(default=())

    @property
    def home(self) -> frozenset[str]:
        """The issuer and its territories: who is not foreign to it."""
        return _home(self.issuer)

    @property
    def foreign(self) -> bool:
        """Whether anyone beside the issuer is a party."""
        return any(code not in self.home for code in self.all)

    def resolve(self, description: Description) -> tuple[str, ...]:
        """Codes that a description stands for in this document, at this point of it."""
        if description.role == "parties":
            return self.group if description.words == ("they",) and len(self.group) > 1 else self.all
        if description.role == "we":
            return self.all if self.joint else (self.issuer,)
        if description.role == "allies":
            return ("NATO",)
        if description.role == "body":
            return self.all if self.foreign else ()
        if description.role == "adjective":
            return ()
        if description.role == "person":
            return (self.person or self.issuer,)
        if description.role == "office":
            return (self.offices.get(" ".join(description.words), self.issuer),)
        return (self.issuer,)

    def remember(self, codes: tuple[str, ...]) -> None:
        """Note the subject just read, so that the pronouns after it find it."""
        if len(codes) == 1:
            self.person = codes[0]
        elif codes:
            self.group = codes


@cache
def _home(issuer: str) -> frozenset[str]:
    parents = table("actors").filter(type="territory", parent=issuer)
    return frozenset({issuer, *parents["code"]})


@cache
def descriptions() -> dict[str, tuple[Description, ...]]:
    """Descriptions by their last word, longest first."""
    found: dict[str, list[Description]] = {}
    for row in read_rows("descriptions", ("noun", "number", "role")):
        words = tuple(row["noun"].split())
        found.setdefault(words[-1], []).append(Description(words, row["number"] == "plural", row["role"]))
    return {last: tuple(sorted(entries, key=lambda entry: -len(entry.words))) for last, entries in found.items()}


def parties_of(
    title: str, text: str, issuer: str, participants: tuple[str, ...], day: date
) -> tuple[Parties, list[Mention]]:
    """The parties of a document, and every mention of an actor in its text, surnames explained in the opening included."""
    opening = f"{title}\n{text[:_OPENING]}"
    named = [
        mention
        for mention in gazetteer().mentions(opening, day)
        if mention.code in participants and mention.code != issuer
    ]
    runs = [(run, mention.code) for mention in named for run in _runs(opening, mention)]
    runs += [(_run_before(title[: match.start()]), issuer) for match in _POSSESSIVE.finditer(title)]
    mentions = gazetteer().mentions(text, day)
    mentions = sorted(
        [*mentions, *_surname_mentions(text, _surnames(runs), mentions)], key=lambda mention: mention.start
    )
    titled = frozenset(mention.code for mention in gazetteer().mentions(title, day))
    everyone = acting(
        issuer, tuple(dict.fromkeys((issuer, *participants))), titled if _of_group(title) else frozenset()
    )
    joint = bool(_JOINT.search(title)) or issuer not in everyone
    return Parties(issuer, everyone, _offices(runs), joint), mentions


def _of_group(title: str) -> bool:
    """Whether a title tells of what a group does, and not of what one of its members does with it."""
    return bool(_GROUP_ACTS.search(title)) and not _MEMBER_MEETS.search(title)


def _runs(opening: str, mention: Mention) -> list[str]:
    """Capitalised words that stand with a country's name: "Prime Minister A. Name of Norland", "Norlandic President A. Name"."""
    before, after = (
        opening[max(0, mention.start - _WINDOW) : mention.start],
        opening[mention.end : mention.end + _WINDOW],
    )
    of = _OF.search(before)
    return [run for run in (_run_before(before[: of.start()]) if of else "", _run_after(after)) if run]


def _run_before(text: str) -> str:
    words: list[str] = []
    for word in reversed(text.split()):
        if not _in_name(word) or (words and word.endswith(",")):
            break
        words.insert(0, word)
    return " ".join(words)


def _run_after(text: str) -> str:
    words: list[str] = []
    for word in text.split() if text[:1].isspace() else []:
        if not _in_name(word):
            break
        words.append(word)
        if word.endswith((",", ";", ":")) or (word.endswith(".") and len(word) > 3):
            break
    return " ".join(words)


def _in_name(word: str) -> bool:
    return word[0].isupper() or word in _PARTICLES


@cache
def _title_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_rows("titles", ("word",)))


def _surnames(runs: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for run, code in runs:
        words = [word.strip("’'.,") for word in run.replace("’s", "").replace("'s", "").split()]
        while words and words[-1] in ("II", "III", "VI", "Jr", "bin", "al"):
            words.pop()
        if words and words[-1] not in _title_words() and len(words[-1]) > 2:
            found.setdefault(words[-1], code)
    return found


def _offices(runs: list[tuple[str, str]]) -> dict[str, str]:
    """Offices held only by a counterpart here: "the Prime Minister" is then that country's."""
    found: dict[str, str] = {}
    for run, code in runs:
        for entries in descriptions().values():
            for entry in entries:
                phrase = " ".join(entry.words)
                if (
                    entry.role == "office"
                    and f" {phrase} " in f" {run.lower().strip()} "
                    and phrase not in ("president", "secretary", "vice president", "advisor", "adviser")
                ):
                    found.setdefault(phrase, code)
    return found


def _surname_mentions(text: str, surnames: dict[str, str], known: list[Mention]) -> list[Mention]:
    if not surnames:
        return []
    taken = {position for mention in known for position in range(mention.start, mention.end)}
    return [
        Mention(start, start + len(name), surnames[name], "person")
        for start, name in occurrences(text, sorted(surnames))
        if start not in taken
    ]
