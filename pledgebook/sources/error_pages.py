"""Whether a new copy of a statement is an edit of it, or another page that came in its place with status 200.

The wording decides first: a text that keeps half of the earlier one is an edit, whatever words it holds. Only where little is left
do other signs count: phrases of error, login, consent and list pages (`error_page_phrases.csv`: kind, pattern, why), the address that
the copy was served from, the shape of a list, and whether the names of the statement are still there.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

# A text that keeps half of its wording is the same statement, whatever words it holds.
_SAME = 0.5
# Half of that may still be a thorough revision, if nothing speaks against it.
_RELATED = 0.25
# A text that was nearly all there before is the statement, cut; with more of its own, perhaps its opening above a login.
_CUT = 0.9
# Fewer words than a sentence of a statement has may be its heading or its opening, left on another page.
_FEW_WORDS = 12
# A list of news may quote a short statement whole; then it is several times as long.
_GROWN = 3.0
# Pages that speak to visitors are short; in a long text a phrase or two may be prose.
_LONG = 150
_PHRASES_IN_A_LONG_TEXT = 3
# One name in common may be that of the publisher.
_NAMES = 2
# Two blocks without a full stop may be heading and signature.
_ITEMS_OF_A_LIST = 3

_WORD = re.compile(r"\w+")
_WORD_INSIDE = re.compile(r"(?<=[\w,] )\w{3,}")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)]*$")
_SPECIAL_PATH = re.compile(
    r"/(?:[\w-]*(?:login|log-in|signin|sign-in|sso|captcha|consent|maintenance|not-?found)|error\w*|search|40[0-9]|50[0-9])\b",
    re.IGNORECASE,
)
_TITLE, _WITHDRAWAL = "title", "withdrawal"


class Verdict(StrEnum):
    """What a new copy is."""

    EDIT = "edit"
    OTHER_PAGE = "other_page"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Copy:
    """A copy of a page as parsed: its title, its text (may be empty), and the address that it was served from in the end."""

    title: str | None
    text: str
    address: str | None = None


def judge(before: Copy, now: Copy) -> Verdict:
    """What a new copy is, seen from the one before it, which is taken for the statement."""
    old, new = _pairs(before.text), _pairs(now.text)
    kept, known = _share(old, new), _share(new, old)
    lies_elsewhere = _lies_elsewhere(before, now)
    if kept >= _RELATED and _has_grown(before, now):
        return Verdict.OTHER_PAGE if lies_elsewhere else Verdict.DOUBTFUL
    if kept >= _SAME:
        return Verdict.EDIT
    speaks = _speaks_to_visitors(before, now)
    if known >= _CUT:
        return Verdict.DOUBTFUL if speaks or len(_WORD.findall(now.text)) < _FEW_WORDS else Verdict.EDIT
    is_strange = speaks or lies_elsewhere or _is_list(now.text)
    if kept >= _RELATED:
        return Verdict.DOUBTFUL if is_strange else Verdict.EDIT
    if _has(now.text, _WITHDRAWAL):
        return Verdict.DOUBTFUL
    return Verdict.OTHER_PAGE if is_strange or _lost_its_names(before, now) else Verdict.DOUBTFUL


def _pairs(text: str) -> Counter[tuple[str, str]]:
    """Pairs of neighbouring words: they keep more of the sense than words alone, and survive a changed order of sentences."""
    return Counter(pairwise(_WORD.findall(text.lower())))


def _share(part: Counter[tuple[str, str]], whole: Counter[tuple[str, str]]) -> float:
    """How much of `part` is in `whole`, from 0 to 1."""
    return (part & whole).total() / part.total() if part else 0.0


def _has_grown(before: Copy, now: Copy) -> bool:
    """Whether the statement stands among much else under another title, as in a list of news."""
    return len(now.text) > _GROWN * len(before.text) and before.title != now.title


def _lies_elsewhere(before: Copy, now: Copy) -> bool:
    """Whether the copy came from a page above the statement's (front page, section), or from an address of errors or logins."""
    new = urlsplit(now.address or "")
    path, old_path = new.path.rstrip("/"), urlsplit(before.address or "").path.rstrip("/")
    if not now.address or path == old_path:
        return False
    return (not new.query and old_path.startswith(f"{path}/")) or bool(_SPECIAL_PATH.search(path))


def _is_list(text: str) -> bool:
    """Whether most blocks are headings or links: sentences end with a mark."""
    blocks = text.split("\n\n")
    items = sum(not _SENTENCE_END.search(block) for block in blocks)
    return items >= _ITEMS_OF_A_LIST and items > len(blocks) / 2


def _lost_its_names(before: Copy, now: Copy) -> bool:
    """Whether the text speaks of nobody that the statement named. In another script names cannot be compared."""
    if not now.text:
        return True
    names = {word.lower() for word in _WORD_INSIDE.findall(before.text) if word[0].isupper()}
    if len(names) < _NAMES or _script(before.text) != _script(now.text):
        return False
    return len(names & set(_WORD.findall(now.text.lower()))) < _NAMES


def _script(text: str) -> str:
    """The script of most letters, as Unicode names it: LATIN, CYRILLIC."""
    scripts = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
    return max(scripts, key=lambda script: scripts[script], default="")


def _speaks_to_visitors(before: Copy, now: Copy) -> bool:
    """Whether title or text have phrases of pages that are no statements, and that the statement did not have."""
    if now.title != before.title and _has(now.title or "", _TITLE):
        return True
    phrases = [pattern for kind, pattern in _patterns() if kind not in (_TITLE, _WITHDRAWAL)]
    earlier, text = f"{before.title}\n{before.text}", f"{now.title}\n{now.text}"
    found = sum(bool(phrase.search(text)) and not phrase.search(earlier) for phrase in phrases)
    return found >= (_PHRASES_IN_A_LONG_TEXT if len(_WORD.findall(now.text)) > _LONG else 1)


def _has(text: str, wanted: str) -> bool:
    return any(pattern.search(text) for kind, pattern in _patterns() if kind == wanted)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    with Path(__file__).with_name("error_page_phrases.csv").open(encoding="utf-8", newline="") as file:
        return [(row["kind"], re.compile(row["pattern"], re.IGNORECASE | re.MULTILINE)) for row in csv.DictReader(file)]
