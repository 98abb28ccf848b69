"""Lists inside a sentence: three or more measures after "including", "by" or a colon are undertakings of their own.

Codebook, section 1: one or two means of one measure, and a list of goods or places, are not split.
"""

from __future__ import annotations

from pledgebook.extraction.clause_ends import aside, without_stop
from pledgebook.extraction.conjuncts import JOINTS, Span, joined_verbs, trim
from pledgebook.extraction.grammar import grammar
from pledgebook.extraction.word_classes import word_class
from pledgebook.extraction.words import Tokens, verb_forms

_LIST_OPENERS = word_class("opens a list")


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
    """Members parted by semicolons after a colon, unless most are neither verbs nor money, as in a list of goods."""
    cuts = [index for index in range(start, limit) if tokens.words[index] == ";"]
    if len(cuts) < 2:
        return []
    edges = [start, *(cut + 1 for cut in cuts)]
    firsts = [_after_joint(tokens, first) for first in edges if first < limit - 1]
    ends = [*cuts, without_stop(tokens, limit)]
    forms = {**verb_forms().gerund, **verb_forms().base}
    spans = [Span(a, b, forms.get(tokens.words[a], "")) for a, b in zip(firsts, ends, strict=False) if a < b]
    measures = sum(1 for span in spans if span.verb or _has_deliverable(tokens, span.first, span.end))
    return spans if 2 * measures > len(spans) else []


def _gerund_members(tokens: Tokens, start: int, limit: int) -> list[Span]:
    gerunds = verb_forms().gerund
    if start < limit and grammar().adverb(tokens.words[start]):
        start += 1
    if start >= limit or tokens.words[start] not in gerunds:
        return []
    end = _list_end(tokens, start, limit)
    starts = [start, *joined_verbs(tokens, start, end, "gerund")]
    return [
        Span(first, trim(tokens, first, last), gerunds[tokens.words[first]])
        for first, last in zip(starts, [*starts[1:], end], strict=True)
    ]


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
        Span(_after_joint(tokens, first), trim(tokens, first, last), "")
        for first, last in parts
        if _has_deliverable(tokens, first, last)
    ]


def _has_deliverable(tokens: Tokens, first: int, last: int) -> bool:
    return any(grammar().deliverables.get(word) == "money" for word in tokens.words[first : min(last, first + 7)])


def _list_end(tokens: Tokens, start: int, limit: int) -> int:
    for index in range(start + 1, limit):
        if tokens.words[index] == "." or (
            aside(tokens, index)
            and tokens.words[index] not in _LIST_OPENERS
            and tokens.words[index] not in ("ensuring", "making", "bringing", "allowing", "such")
        ):
            return index
    return without_stop(tokens, limit)


def _after_joint(tokens: Tokens, first: int) -> int:
    while tokens.words[first] in JOINTS:
        first += 1
    return first
