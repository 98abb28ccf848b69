"""What speaks for a candidate to gain by an undertaking, or to be its target: where and how it is named, for which act."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pledgebook.extraction.lexicon_files import read_rows
from pledgebook.extraction.phrases import WrittenPhrases
from pledgebook.extraction.relations import relation, type_of
from pledgebook.extraction.scene import Candidate, Scene
from pledgebook.extraction.terms import read

_WORD = re.compile(r"[^\W_]+|[’'](?=s\b)")
_DETERMINERS = frozenset({"the", "our", "its", "their", "his", "her", "a", "an"})
_BEFORE, _AFTER, _NEAR = 70, 50, 5
_HOSTILE_BEFORE, _HOSTILE_AFTER = 45, 30
_MANY = 4

Feature = tuple[str, str]


def features(candidate: Candidate, rivals: list[Candidate], scene: Scene) -> list[Feature]:
    """The features of one candidate as (kind, name); `rivals` are all candidates of the undertaking, itself included."""
    place, act = candidate.place, scene.act
    found: list[Feature] = [
        ("always", ""),
        ("act", act),
        ("place", place),
        ("place act", f"{place} {act}"),
        ("type act", f"{type_of(candidate.code)} {act}"),
        ("relation", relation(candidate.code, scene.actors)),
        *(("also", other) for other in candidate.places[1:]),
    ]
    found += _as_party(candidate, scene)
    found += _hostile(candidate, scene)
    found += _named(candidate, rivals, scene) if candidate.mentions else _unnamed(candidate, rivals, scene)
    return found


def _as_party(candidate: Candidate, scene: Scene) -> list[Feature]:
    """How the candidate takes part in the meeting, and who of the parties is bound."""
    parties, place, act = scene.parties, candidate.place, scene.act
    bound = "issuer" if parties.issuer in scene.actors else "other"
    found: list[Feature] = [(f"{bound} binds itself to {_role(candidate, scene)}", act)]
    if candidate.code in parties.all:
        found.append(("party", act))
        if [code for code in parties.all if code not in scene.actors] == [candidate.code]:
            found += [("only other party", place), ("only other party act", f"{place} {act}")]
    if candidate.code == parties.issuer:
        found.append(("issuer", act))
    if bound == "issuer":
        found.append(("issuer bound", place))
    if len(scene.actors) > 1:
        found.append(("joint", place))
    if all(code in scene.actors for code in parties.all):
        found.append(("all parties bound", place))
    return found


def _hostile(candidate: Candidate, scene: Scene) -> list[Feature]:
    """Words of sanctions, threats and deterrence in the quote, in the rest of the sentence, in the title and heading."""
    place, sentence = candidate.place, scene.sentence
    found: list[Feature] = []
    if _is_hostile(scene.quote):
        found += [("hostile quote", place), ("hostile quote act", scene.act)]
    elif _is_hostile(scene.text[sentence.start : sentence.end]):
        found.append(("hostile sentence", place))
    if _is_hostile(scene.title) or _is_hostile(sentence.heading):
        found += [("hostile title", place), ("hostile title act", scene.act)]
    return found


def _unnamed(candidate: Candidate, rivals: list[Candidate], scene: Scene) -> list[Feature]:
    """For a candidate that the quote does not name: who else is named, and the words of the quote."""
    found: list[Feature] = []
    if candidate.place == "after":
        found += _after(candidate, scene)
    if any(rival.mentions for rival in rivals):
        found.append(("rival in quote", candidate.place))
    elif any(rival.place in ("before", "after") for rival in rivals if rival is not candidate):
        found.append(("rival in sentence", candidate.place))
    equals = sum(rival.place == candidate.place for rival in rivals)
    found.append(("equals", str(min(equals, _MANY))))
    kind = f"quote of {_role(candidate, scene)}"
    return found + [(kind, word) for word in sorted(set(read(scene.quote)[1]))]


def _after(candidate: Candidate, scene: Scene) -> list[Feature]:
    """For a candidate named later in the sentence: how it is joined to what stands before it."""
    mention = next(one for one in scene.between(scene.end, scene.sentence.end) if one.code == candidate.code)
    before = _words(scene.text[max(0, mention.start - _BEFORE) : mention.start])
    return [("preposition after", _preposition(before)), ("name after", mention.kind)]


def _named(candidate: Candidate, rivals: list[Candidate], scene: Scene) -> list[Feature]:
    """For a candidate that the quote names: the words around its first mention, and who is named before it."""
    mention, quote, act = candidate.mentions[0], scene.quote, scene.act
    start, end = mention.start - scene.start, mention.end - scene.start
    before = _words(quote[max(0, start - _BEFORE) : start])
    after = _words(quote[end : end + _AFTER])
    preposition = _preposition(before)
    earlier = any(rival.mentions and rival.mentions[0].start < mention.start for rival in rivals)
    found = [
        ("name act", f"{mention.kind} {act}"),
        ("preposition", preposition),
        ("preposition act", f"{preposition} {act}"),
        ("next", after[0] if after else ""),
        ("names in quote", str(min(sum(bool(rival.mentions) for rival in rivals), _MANY))),
    ]
    if earlier:
        found.append(("rank act", f"later {act}"))
    if len(candidate.mentions) > 1:
        found.append(("again", ""))
    found += [("near before", word) for word in _stems(before[-_NEAR:])]
    found += [("before", word) for word in _stems(before[:-_NEAR])]
    found += [("after", word) for word in _stems(after[:_NEAR])]
    found += [("quote", word) for word in sorted(set(read(quote)[1]))]
    return found + _hostile_near(quote, start, end, mention.kind)


def _hostile_near(quote: str, start: int, end: int, kind: str) -> list[Feature]:
    places = _target_words().places(quote)
    found: list[Feature] = []
    if any(0 < start - place <= _HOSTILE_BEFORE for place in places):
        found.append(("hostile before", kind))
    if any(0 <= place - end <= _HOSTILE_AFTER for place in places):
        found.append(("hostile after", kind))
    return found


def _role(candidate: Candidate, scene: Scene) -> str:
    return "party" if candidate.code in scene.parties.all else "other"


def _preposition(before: list[str]) -> str:
    """The word before a name, an article or possessive between them left out."""
    if len(before) > 1 and before[-1] in _DETERMINERS:
        return before[-2]
    return before[-1] if before else ""


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _stems(words: list[str]) -> list[str]:
    return sorted(set(read(" ".join(words))[1]))


@lru_cache(maxsize=1024)
def _is_hostile(text: str) -> bool:
    """The candidates of one undertaking share its texts, so each text is read once."""
    return _target_words().search(text) is not None


@cache
def _target_words() -> WrittenPhrases:
    """The words of `lexicon/target_words.csv`: those that speak of sanctions, threats, weapons and deterrence."""
    return WrittenPhrases(row["phrase"] for row in read_rows("target_words", ("phrase", "note")))
