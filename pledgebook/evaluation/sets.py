"""What is recorded of one set of coded documents."""

from __future__ import annotations

import json
from pathlib import Path

from pledgebook.evaluation.coded import CHECKSET, CodedDocument, Item, found_in, read_coded
from pledgebook.evaluation.confidence import confidence_figures
from pledgebook.evaluation.end_to_end import read_through
from pledgebook.evaluation.groups import by_group
from pledgebook.evaluation.intervals import effective_documents, intervals
from pledgebook.evaluation.plots import write_plots
from pledgebook.evaluation.quality import Measured, MeasuredSet, rounded
from pledgebook.evaluation.scores import counts, figures, match

# Agreement between readers, by the names of sets: it is stated, and cannot be computed from what they settled on.
_AGREEMENT = Path(__file__).parent / "agreement.json"


def measured_set(path: Path, plots: Path, corpus: Path) -> MeasuredSet:
    """Read one set, write its plots, return what is recorded of it.

    `corpus` is a folder with the documents of the set as their publishers wrote them; without it they are not measured end to end.
    """
    documents = read_coded(path)
    found = found_in(documents)
    write_plots(path.stem, match(documents, found), plots)
    by_name = {document.name: counts(document, found[document.name]) for document in documents}
    whole = _measured(documents, found)
    measured: MeasuredSet = {
        "documents": whole["documents"],
        "items": whole["items"],
        "figures": whole["figures"],
        "intervals": intervals(list(by_name.values())),
        "effective_documents": effective_documents([len(document.items) for document in documents]),
    }
    agreement = json.loads(_AGREEMENT.read_text(encoding="utf-8"))
    if path.stem in agreement:
        measured["agreement"] = agreement[path.stem]
    # The check set is invented: its issuers and types are not those of any publisher.
    if path != CHECKSET:
        measured["by_issuer"] = by_group(documents, by_name, "issuer")
        measured["by_document_type"] = by_group(documents, by_name, "document_type")
        if corpus.is_dir() and (read := read_through(documents, corpus)):
            measured["end_to_end"] = _measured(*read)
    return measured


def _measured(documents: list[CodedDocument], found: dict[str, list[Item]]) -> Measured:
    items = sum(len(document.items) for document in documents)
    all_figures = {**figures(documents, found), **confidence_figures(match(documents, found))}
    return {"documents": len(documents), "items": items, "figures": rounded(all_figures)}
