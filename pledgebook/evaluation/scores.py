"""Figures for found items beside coded ones: what was found, how much of it is coded right, how far the confidence can be trusted.

Two quotes match when they share half of the union of both, best first, one to one. A sentence is found when both readings begin a quote
in it. `right` asks for actors, recipients, targets, act and topic beside the quote. Sets are compared by Jaccard overlap, codes by
macro-F1 over the values that the reader used, money by value (within 1 %), currency, kind and period, times by shared words.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sklearn.metrics import f1_score

from pledgebook.evaluation.coded import CodedDocument, Item
from pledgebook.extraction.segmentation import sentences

SETS, CODES = ("actors", "recipients", "targets"), ("strength", "novelty", "routine", "act", "topic")
LEAST_OVERLAP = 0.5
Pair = tuple[Item, Item]


@dataclass(frozen=True)
class Matched:
    """The items of all documents: pairs of coded and found ones; all that were coded; all that were found, and whether each matched."""

    pairs: list[Pair]
    coded: list[Item]
    found: list[tuple[Item, bool]]


class Counts(NamedTuple):
    """What the F1 figures of one document, or of several together, are made of.

    sentences_*: sentences in which a quote begins, for both readings, for the coded one, for the found one; items_*: quotes that matched,
    quotes coded, quotes found; right: quotes that matched with all their codes.
    """

    sentences_both: int
    sentences_coded: int
    sentences_found: int
    items_matched: int
    items_coded: int
    items_found: int
    right: int


def overlap(one: Item, other: Item) -> float:
    """The part of the union of two quotes that both share."""
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return float(max(shared, 0) / (max(one["end"], other["end"]) - min(one["start"], other["start"])))


def match(documents: list[CodedDocument], found: dict[str, list[Item]]) -> Matched:
    """Pair the items of each document."""
    pairs = [pair for document in documents for pair in _pairs(document.items, found[document.name])]
    hit = {id(item) for _, item in pairs}
    everything = [item for document in documents for item in found[document.name]]
    coded = [item for document in documents for item in document.items]
    return Matched(pairs, coded, [(item, id(item) in hit) for item in everything])


def _pairs(coded: list[Item], found: list[Item]) -> Iterator[Pair]:
    near = [(overlap(one, other), i, j) for i, one in enumerate(coded) for j, other in enumerate(found)]
    coded_left, found_left = set(range(len(coded))), set(range(len(found)))
    for share, i, j in sorted(near, reverse=True):
        if share >= LEAST_OVERLAP and i in coded_left and j in found_left:
            coded_left.remove(i)
            found_left.remove(j)
            yield coded[i], found[j]


def figures(documents: list[CodedDocument], found: dict[str, list[Item]]) -> dict[str, float]:
    """All figures, by name."""
    matched = match(documents, found)
    values = {name: _value_f1(matched.pairs, name, same) for name, same in _SAME.items()}
    return {
        **f1_figures(total(counts(document, found[document.name]) for document in documents)),
        "overlap": _mean([overlap(*pair) for pair in matched.pairs]),
        **{name: _mean([_jaccard(one[name], other[name]) for one, other in matched.pairs]) for name in SETS},
        **{name: _macro_f1(matched.pairs, name) for name in CODES},
        **{f"{name}_f1": value for name, value in values.items() if value is not None},
    }


def counts(document: CodedDocument, found: list[Item]) -> Counts:
    """The counts of one document, with what was found in it."""
    pairs = list(_pairs(document.items, found))
    starts = [sentence.start for sentence in sentences(document.text)]
    by_reader, by_us = _bearing(starts, document.items), _bearing(starts, found)
    return Counts(
        sentences_both=len(by_reader & by_us),
        sentences_coded=len(by_reader),
        sentences_found=len(by_us),
        items_matched=len(pairs),
        items_coded=len(document.items),
        items_found=len(found),
        right=sum(_is_right(*pair) for pair in pairs),
    )


def total(parts: Iterable[Counts]) -> Counts:
    """The counts of several documents together; of none, zeros."""
    return Counts(*(sum(column) for column in zip(Counts(0, 0, 0, 0, 0, 0, 0), *parts, strict=True)))


def f1_figures(of: Counts) -> dict[str, float]:
    """Precision, recall and F1 of sentences and of items, and F1 of items with all codes right."""
    return {
        **_f1("sentence", of.sentences_both, of.sentences_coded, of.sentences_found),
        **_f1("item", of.items_matched, of.items_coded, of.items_found),
        "right_f1": _f1("right", of.right, of.items_coded, of.items_found)["right_f1"],
    }


def _bearing(starts: list[int], items: list[Item]) -> set[int]:
    return {bisect_right(starts, item["start"]) for item in items}


def _f1(name: str, hits: int, coded: int, found: int) -> dict[str, float]:
    precision, recall = hits / found if found else 0.0, hits / coded if coded else 0.0
    f1 = 2 * hits / (coded + found) if coded + found else 0.0
    return {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": f1}


def _is_right(one: Item, other: Item) -> bool:
    same_sets = all(set(one[name]) == set(other[name]) for name in SETS)
    return same_sets and one["act"] == other["act"] and one["topic"] == other["topic"]


def _jaccard(one: list[str], other: list[str]) -> float:
    union = {*one, *other}
    return len(set(one) & set(other)) / len(union) if union else 1.0


def _macro_f1(pairs: list[Pair], name: str) -> float:
    if not pairs:
        return 0.0
    coded, found = [str(one[name]) for one, _ in pairs], [str(other[name]) for _, other in pairs]
    return float(f1_score(coded, found, labels=sorted(set(coded)), average="macro", zero_division=0))


def _same_amount(one: Any, other: Any) -> bool:
    near = abs(one["value"] - other["value"]) <= 0.01 * abs(one["value"])
    return near and all(one[key] == other[key] for key in ("currency", "kind", "per"))


def _same_due(one: str, other: str) -> bool:
    return one.lower() in other.lower() or other.lower() in one.lower()


_SAME: dict[str, Callable[[Any, Any], bool]] = {"amount": _same_amount, "due": _same_due}


def _value_f1(pairs: list[Pair], name: str, same: Callable[[Any, Any], bool]) -> float | None:
    """None where neither side has a value."""
    hits = sum(bool(one[name] and other[name] and same(one[name], other[name])) for one, other in pairs)
    values = sum(bool(item[name]) for pair in pairs for item in pair)
    return 2 * hits / values if values else None


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
