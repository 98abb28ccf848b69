"""Figures of parts of a set: the documents of one issuer, or of one type."""

from __future__ import annotations

from collections.abc import Mapping

from pledgebook.evaluation.coded import CodedDocument
from pledgebook.evaluation.quality import Measured, rounded
from pledgebook.evaluation.scores import Counts, f1_figures, total

# In a smaller group one match more or less moves F1 by about a tenth or more.
LEAST_ITEMS = 10


def by_group(documents: list[CodedDocument], counts: Mapping[str, Counts], column: str) -> dict[str, Measured]:
    """What is recorded of the documents with each value of a column of their readouts (`issuer`, `document_type`), by that value.

    `counts` are those of each document by its name. A group with fewer than LEAST_ITEMS coded items keeps its numbers of documents and
    items, so that all groups add up to the set, and has no figures.
    """
    groups: dict[str, list[Counts]] = {}
    for document in documents:
        groups.setdefault(document.readout[column], []).append(counts[document.name])
    return {value: _measured(group) for value, group in sorted(groups.items())}


def _measured(group: list[Counts]) -> Measured:
    together = total(group)
    figures = f1_figures(together) if together.items_coded >= LEAST_ITEMS else {}
    return {"documents": len(group), "items": together.items_coded, "figures": rounded(figures)}
