"""Where an undertaking ends, and how one verb phrase falls into several undertakings.

Codebook, section 1: joined verbs with the same object are one; with different objects they are separate. A purpose clause belongs
to what it serves. Three or more means, each with its own verb and object, are separate, and their umbrella is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.words import Tokens, verb_forms

_LIST_OPENERS = frozenset({"including", "include", "includes", "by", "through", "on"})
_JOINTS = frozenset({"and", "or", ",", ";"})
_AFTER_VERB = frozenset(
    [
        "to",
        "the",
        "that",
        "on",
        "their",
        "his",
        "her",
        "its",
        "a",
        "an",
        "our",
        "with",
        "for",
        "mr",
        "him",
        "them",
        "how",
        "whether",
        "about",
    ]
)
_NEW_PHRASE = frozenset({"a", "an", "new", "additional", "plans", "more", "$", "its", "their", "another"})
_LIGHT = frozenset(
    {"continue", "continuing", "work", "working", "seek", "strive", "endeavor", "endeavour", "begin", "start"}
)


@dataclass(frozen=True)
class Span:
    """An undertaking's tokens, first to end (exclusive), and the base form of its own verb ("" when it is a noun phrase)."""

    first: int
    end: int
    verb: str


def clause_end(tokens: Tokens, head: int, limit: int) -> int:
    """Token where the clause that begins at `head` stops: a sentence's or a clause's sign, a phrase that opens an aside, a new clause."""
    for index in range(head + 1, limit):
        if _closes(tokens, index, head):
            return index
    return _without_stop(tokens, limit)


def conjuncts(tokens: Tokens, head: int, end: int, kind: str) -> list[Span]:
    """The verb phrases joined in tokens head to end: one span each, the first beginning at `head`.

    kind: `gerund` when the joined verbs are gerunds, else `base`.
    """
    forms = verb_forms().gerund if kind == "gerund" else verb_forms().base
    starts = [head]
    purpose = False
    series = _series(tokens, head, end, forms, kind)
    for index in range(head + 1, end):
        purpose = purpose or _opens_purpose(tokens, index, starts[-1], kind)
        start = _joined_verb(tokens, index, end, forms, kind)
        if start and start - starts[-1] > 2 and (series or not purpose or _marked(tokens, index, start)):
            starts.append(start)
            purpose = False
    edges = [*starts[1:], end]
    return [
        Span(_with_to(tokens, start), _trim(tokens, start, edge), forms.get(_verb_word(tokens, start), ""))
        for start, edge in zip(starts, edges, strict=True)
    ]


def _series(tokens: Tokens, head: int, end: int, forms: dict[str, str], kind: str) -> bool:
    """Three or more verbs parted by commas are measures of their own, even where the first stands in a purpose clause."""
    joined = [
        index
        for index in range(head + 1, end)
        if tokens.words[index] in (",", ";") and _joined_verb(tokens, index, end, forms, kind)
    ]
    return len(joined) >= 2


def deliverables(tokens: Tokens, head: int, end: int) -> list[int]:
    """Ends of the things announced in tokens head to end: "a task force and a new fund" are two, "loans and grants" one."""
    cuts = [
        index
        for index in range(head + 1, end - 2)
        if tokens.words[index] == "and"
        and tokens.words[index + 1] in _NEW_PHRASE
        and _has_any_deliverable(tokens, head, index)
        and _has_any_deliverable(tokens, index, end)
    ]
    return [*cuts[:1], end]


def _has_any_deliverable(tokens: Tokens, first: int, last: int) -> bool:
    return any(word in grammar().deliverables for word in tokens.words[first:last])


def members(tokens: Tokens, head: int, limit: int, deliverables: bool) -> list[Span]:
    """The separate measures listed after "including", "by" or a colon in tokens head to limit; [] when they are fewer than three, or no measures.

    deliverables: whether nouns ("loans, training and grants") may be members, as they may be of what was announced.
    """
    for index in range(head + 1, limit - 2):
        opener = tokens.words[index]
        colon = opener == ":"
        if colon or opener in _LIST_OPENERS:
            start = index + 1 + (tokens.words[index + 1] == "by" or tokens.words[index + 1] == ":")
            spans = (_parted_members(tokens, start, limit) if colon else []) or _gerund_members(tokens, start, limit)
            if not spans and deliverables and opener not in ("by", "through", "on"):
                spans = _noun_members(tokens, start, limit)
            if len(spans) >= 3 or (len(spans) == 2 and ";" in tokens.words[start:limit]):
                return spans
    return []


def _parted_members(tokens: Tokens, start: int, limit: int) -> list[Span]:
    """Members parted by semicolons after a colon, whatever they begin with."""
    cuts = [index for index in range(start, limit) if tokens.words[index] == ";"]
    if len(cuts) < 2:
        return []
    edges = [start, *(cut + 1 for cut in cuts)]
    firsts = [_after_joint(tokens, first) for first in edges if first < limit - 1]
    ends = [*cuts, _without_stop(tokens, limit)]
    forms = {**verb_forms().gerund, **verb_forms().base}
    return [
        Span(first, end, forms.get(tokens.words[first], ""))
        for first, end in zip(firsts, ends, strict=False)
        if first < end
    ]


def noun_then_verbs(tokens: Tokens, head: int, end: int) -> list[Span]:
    """A noun phrase and the verb phrases joined to it by "and to": "to the treaty and to enhancing trade"."""
    forms = {**verb_forms().gerund, **verb_forms().base}
    starts = [
        index
        for index in range(head + 1, end - 2)
        if tokens.words[index : index + 2] == ("and", "to") and tokens.words[index + 2] in forms
    ]
    if not starts:
        return [Span(head, end, "")]
    edges = [*starts[1:], end]
    later = [
        Span(start + 1, _trim(tokens, start + 1, edge), forms[tokens.words[start + 2]])
        for start, edge in zip(starts, edges, strict=True)
    ]
    return [Span(head, _trim(tokens, head, starts[0]), ""), *later]


def _gerund_members(tokens: Tokens, start: int, limit: int) -> list[Span]:
    gerunds = verb_forms().gerund
    if start < limit and grammar().adverb(tokens.words[start]):
        start += 1
    if start >= limit or tokens.words[start] not in gerunds:
        return []
    end = _list_end(tokens, start, limit)
    return conjuncts(tokens, start, end, "gerund")


def _noun_members(tokens: Tokens, start: int, limit: int) -> list[Span]:
    """Noun phrases with a deliverable in each; a part without one belongs to the part before it ("cacao, coffee, and tea")."""
    end = _list_end(tokens, start, limit)
    cuts = [start, *(index + 1 for index in range(start, end) if tokens.words[index] in (",", ";"))]
    parts: list[tuple[int, int]] = []
    for first, last in zip(cuts, [*cuts[1:], end], strict=True):
        if parts and not _has_deliverable(tokens, first, last):
            parts[-1] = (parts[-1][0], last)
        else:
            parts.append((first, last))
    return [
        Span(_after_joint(tokens, first), _trim(tokens, first, last), "")
        for first, last in parts
        if _has_deliverable(tokens, first, last)
    ]


def _has_deliverable(tokens: Tokens, first: int, last: int) -> bool:
    return any(grammar().deliverables.get(word) == "money" for word in tokens.words[first : min(last, first + 7)])


def _list_end(tokens: Tokens, start: int, limit: int) -> int:
    for index in range(start + 1, limit):
        if tokens.words[index] == "." or (
            _aside(tokens, index)
            and tokens.words[index] not in _LIST_OPENERS
            and tokens.words[index] not in ("ensuring", "making", "bringing", "allowing", "such")
        ):
            return index
    return _without_stop(tokens, limit)


def _closes(tokens: Tokens, index: int, head: int) -> bool:
    word = tokens.words[index]
    if word in ("–", "-") and tokens.ends[index - 1] < tokens.starts[index]:
        return tokens.words[index - 1] != "u.s."
    if word == "," and index + 1 < len(tokens):
        return _aside(tokens, index + 1) or _new_clause(tokens, index + 1)
    if word == "and" and index + 1 < len(tokens):
        return _new_clause(tokens, index + 1)
    return (
        word in (":",)
        or (_aside(tokens, index) and (tokens.words[index], tokens.words[index - 1])[1] == ",")
        or _late_aside(tokens, index)
    )


def _aside(tokens: Tokens, index: int) -> bool:
    return grammar().quote_ends.at(tokens.words, index)


def _late_aside(tokens: Tokens, index: int) -> bool:
    """An aside of two or more words needs no comma before it ("in support of", "consistent with")."""
    return tokens.words[index] not in ("as", "so", "such") and grammar().quote_ends.at(tokens.words, index, least=2)


def _new_clause(tokens: Tokens, index: int) -> bool:
    """Whether a finite verb stands at, or one noun phrase after, `index`: "and discussed", "and will", "and the President thanked"."""
    words, forms = tokens.words, verb_forms()
    while index < len(words) and (words[index] == "and" or grammar().adverb(words[index])):
        index += 1
    if index >= len(words):
        return False
    word = words[index]
    if word in ("will", "shall", "has", "have", "is", "are", "was", "were", "that") or (
        word in grammar().reporting and not word.endswith("ing") and word not in forms.base
    ):
        return True
    if not (word in forms.past or word.endswith("ed")) or word in forms.base or index + 1 >= len(words):
        return False
    return tokens.capitals[index + 1] or words[index + 1] in _AFTER_VERB


def _opens_purpose(tokens: Tokens, index: int, head: int, kind: str) -> bool:
    if tokens.words[index] != "to" or index + 1 >= len(tokens) or index - head < 1:
        return False
    after = index + 1
    while after < len(tokens) and grammar().adverb(tokens.words[after]):
        after += 1
    if tokens.words[index - 1] in ("and", ",") or tokens.words[index - 1] in _LIGHT:
        return False
    return after < len(tokens) and tokens.words[after] in verb_forms().base


def _joined_verb(tokens: Tokens, index: int, end: int, forms: dict[str, str], kind: str) -> int:
    """Token of a verb that "and" or a comma at `index` joins to the phrase before, or 0."""
    if tokens.words[index] not in _JOINTS or tokens.words[index - 1] in _JOINTS:
        return 0
    place = index + 1
    while place < end and (
        tokens.words[place] in _JOINTS
        or tokens.words[place] in ("to", "will", "by")
        or grammar().adverb(tokens.words[place])
    ):
        place += 1
    if place >= end - 1 or tokens.words[place] not in forms or _also_noun(tokens, place, kind):
        return 0
    return (
        0
        if tokens.words[place + 1] in ("and", ",", ".", "of")
        and tokens.words[index + 1 : place].count("to") == 0
        and kind == "base"
        and tokens.words[place + 1] != "and"
        else place
    )


def _also_noun(tokens: Tokens, place: int, kind: str) -> bool:
    if kind == "gerund" or tokens.words[place] not in grammar().verb_nouns or tokens.words[place - 1] in ("to", "will"):
        return False
    return tokens.words[place + 1] not in {
        "the",
        "a",
        "an",
        "their",
        "its",
        "our",
        "his",
        "her",
        "all",
        "any",
        "on",
        "with",
        "closely",
        "together",
        "toward",
        "towards",
        "to",
        "more",
        "new",
        "this",
        "these",
        "those",
        "efforts",
        "u.s.",
    }


def _marked(tokens: Tokens, index: int, start: int) -> bool:
    joint = tokens.words[index:start]
    return ";" in joint or "will" in joint or ("to" in joint and "and" in joint and "," in joint)


def _with_to(tokens: Tokens, start: int) -> int:
    place = start
    while place > 0 and grammar().adverb(tokens.words[place - 1]):
        place -= 1
    return place - 1 if place > 0 and tokens.words[place - 1] == "to" else place


def _verb_word(tokens: Tokens, start: int) -> str:
    return tokens.words[start]


def _after_joint(tokens: Tokens, first: int) -> int:
    while tokens.words[first] in _JOINTS:
        first += 1
    return first


def _trim(tokens: Tokens, first: int, end: int) -> int:
    while end > first + 1 and (
        tokens.words[end - 1] in _JOINTS
        or tokens.words[end - 1] in ("to", "will", ".", "by")
        or (grammar().adverb(tokens.words[end - 1]) and tokens.words[end - 2] in _JOINTS)
    ):
        end -= 1
    return end


def _without_stop(tokens: Tokens, limit: int) -> int:
    while limit > 0 and tokens.words[limit - 1] in (".", ";", ":", "!", "?", '"', "*", ",", "and"):
        limit -= 1
    return limit
