"""Where the extractor errs: classes of missed, misread and false items, with their numbers.

    python benchmarks/error_classes.py CODED.jsonl... [--top 20] [--show CLASS]

A missed item has no candidate, a rejected one (with the frame that proposed it), or one with other ends; a false row is named by the frame
that proposed it and by how its actor was found; a matched row by the code that is wrong. `--show` prints the items of one class.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from pledgebook.evaluation.coded import CodedDocument, Item, found_in, read_coded
from pledgebook.evaluation.scores import CODES, SETS, match, overlap
from pledgebook.extraction.document import DocumentReader
from pledgebook.extraction.tables import statement_of
from pledgebook.extraction.undertakings import Undertaking
from pledgebook.extraction.weighing import every

TOUCHED, NEAR = 0.05, 0.3
Classes = dict[str, list[str]]


def classes(documents: list[CodedDocument]) -> Classes:
    """Quotes by class of error."""
    found, listed = found_in(documents), defaultdict(list)
    for document in documents:
        matched = match([document], found)
        candidates = _candidates(document)
        right, hit = {id(one) for one, _ in matched.pairs}, {id(other) for _, other in matched.pairs}
        for item in document.items:
            if id(item) not in right:
                listed[_why_missed(item, found[document.name], candidates)].append(item["quote"])
        for row in found[document.name]:
            if id(row) not in hit and not any(overlap(row, item) > TOUCHED for item in document.items):
                listed[f"false: {_source(row, candidates)}"].append(row["quote"])
        for one, other in matched.pairs:
            for name in (*SETS, *CODES):
                if not _same(one[name], other[name]):
                    listed[f"wrong {name}: {_said(one[name])} read as {_said(other[name])}"].append(one["quote"])
    return listed


def _candidates(document: CodedDocument) -> list[Undertaking]:
    reader = DocumentReader(statement_of(document.readout))
    return [candidate for sentence in reader.candidates() for candidate in sentence]


def _why_missed(item: Item, found: list[Item], candidates: list[Undertaking]) -> str:
    touching = [row for row in found if overlap(row, item) > TOUCHED]
    if touching:
        return f"ends: {_how_cut(item, max(touching, key=lambda row: overlap(row, item)))}"
    near = [candidate for candidate in candidates if overlap(_span(candidate), item) >= NEAR]
    if not near:
        return "missed: no candidate"
    return f"missed: rejected, {max(near, key=lambda candidate: overlap(_span(candidate), item)).family}"


def _how_cut(item: Item, row: Item) -> str:
    if row["start"] <= item["start"] and row["end"] >= item["end"]:
        return "row holds more than the item"
    if row["start"] >= item["start"] and row["end"] <= item["end"]:
        return "row holds a part of the item"
    return "row and item cross"


def _source(row: Item, candidates: list[Undertaking]) -> str:
    for candidate in candidates:
        if candidate.start == row["start"] and candidate.end == row["end"]:
            bound = next((sign for sign in every(candidate.evidence) if sign.startswith("bound ")), "bound by a list")
            return f"{candidate.family}, {bound}"
    return "of a list"


def _span(candidate: Undertaking) -> Item:
    return {"start": candidate.start, "end": candidate.end}


def _same(one: object, other: object) -> bool:
    return set(one) == set(other) if isinstance(one, list) and isinstance(other, list) else one == other


def _said(value: object) -> str:
    return (" ".join(value) or "nobody") if isinstance(value, list) else str(value)


def main() -> None:
    """Print the classes, most frequent first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", type=Path, nargs="+")
    parser.add_argument("--top", type=int, default=20)
    parser.add_argument("--show")
    arguments = parser.parse_args()
    listed = classes([document for path in arguments.coded for document in read_coded(path)])
    for name, quotes in sorted(listed.items(), key=lambda entry: -len(entry[1]))[: arguments.top]:
        print(f"{len(quotes):5}  {name}")
    for quote in listed.get(arguments.show, ()):
        print(f"       {quote}")


if __name__ == "__main__":
    main()
