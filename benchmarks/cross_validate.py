"""What the extractor finds in documents that its weights were not fitted on.

    python benchmarks/cross_validate.py RELEASE_DIR GOLD.jsonl... --to FOUND.jsonl

Parts the coded documents into `FOLDS`; for each part fits `boundaries.csv` and `judgement.csv` on the others and reads the part with
them. FOUND.jsonl holds a document a line with its items, as `score.py GOLD.jsonl FOUND.jsonl` reads them. Only finding is
cross-validated: who gains, act and topic are coded with the weights as they stand, which were fitted on these documents too.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import fit_boundaries
import fit_judgement
import polars as pl
from coded_documents import CodedDocument, coded_documents
from sklearn.model_selection import GroupKFold

from pledgebook.extraction import extract, judgement, lexicon_files, partition

FOLDS = 6
_FIELDS = ("quote", "actors", "recipients", "targets", "strength", "novelty", "routine", "act", "topic", "confidence")


def found_in(documents: list[CodedDocument]) -> Iterator[dict[str, Any]]:
    """The items of each document, as score.py reads them."""
    readouts = pl.DataFrame([document.readout for document in documents])
    rows = extract(readouts).partition_by("readout_id", as_dict=True)
    for document in documents:
        table = rows.get((document.readout["readout_id"],))
        items = [_item(row) for row in table.iter_rows(named=True)] if table is not None else []
        yield {"doc": document.readout["readout_id"], "url": document.readout["url"], "items": items}


def _item(row: dict[str, Any]) -> dict[str, Any]:
    money = {"value": float(row["amount"] or 0), "currency": row["currency"], "kind": row["amount_kind"]}
    amount = None if row["amount"] is None else {**money, "per": row["amount_per"]}
    return {**{field: row[field] for field in _FIELDS}, "amount": amount, "due": row["due_text"] or ""}


def fit(documents: list[CodedDocument], lexicon: Path) -> None:
    """Write both files of weights, fitted on the documents, into a copy of the lexicon."""
    fit_boundaries.write(documents, lexicon / "boundaries.csv")
    forget()
    fit_judgement.write(documents, lexicon / "judgement.csv")
    forget()


def forget() -> None:
    """Let the extractor read its weights again."""
    partition.weights.cache_clear()
    judgement.weights.cache_clear()


def main() -> None:
    """Read every part with weights fitted on the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    documents = list(coded_documents(arguments.gold, arguments.release))
    groups = [document.readout["readout_id"] for document in documents]
    with TemporaryDirectory() as folder, arguments.to.open("w", encoding="utf-8") as file:
        lexicon = Path(shutil.copytree(lexicon_files.LEXICON, Path(folder) / "lexicon"))
        lexicon_files.LEXICON = lexicon
        for others, part in GroupKFold(FOLDS).split(groups, groups=groups):
            fit([documents[place] for place in others], lexicon)
            for found in found_in([documents[place] for place in part]):
                file.write(json.dumps(found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
