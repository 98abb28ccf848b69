"""What the extractor finds in documents that its weights were not fitted on.

    python benchmarks/cross_validate.py RELEASE_DIR CODED... [--also CODED...] --to FOUND.jsonl

Parts the coded documents into `FOLDS`; for each part fits all files of weights on the others, and on the documents of `--also`, and reads
the part with them. FOUND.jsonl holds a document a line with its items, as `score.py GOLD.jsonl FOUND.jsonl` reads them. Lists written by
hand (frames, terms of topics, classes of verbs) stand as they are, though they were written with some of these documents read.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from coded_documents import CodedDocument, coded_documents
from fit_all import fit
from sklearn.model_selection import GroupKFold

from pledgebook.evaluation.coded import as_item
from pledgebook.extraction import extract, lexicon_files

FOLDS = 6


def found_in(documents: list[CodedDocument]) -> Iterator[dict[str, Any]]:
    """The items of each document, as score.py reads them."""
    readouts = pl.DataFrame([document.readout for document in documents])
    rows = extract(readouts).partition_by("readout_id", as_dict=True)
    for document in documents:
        table = rows.get((document.readout["readout_id"],))
        items = [as_item(row) for row in table.iter_rows(named=True)] if table is not None else []
        yield {"doc": document.readout["readout_id"], "url": document.readout["url"], "items": items}


def main() -> None:
    """Read every part with weights fitted on the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("coded", type=Path, nargs="+")
    parser.add_argument("--also", type=Path, nargs="+", default=[])
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    documents = coded_documents(arguments.coded, arguments.release)
    names = {document.name for document in documents}
    also = [document for document in coded_documents(arguments.also, arguments.release) if document.name not in names]
    groups = [document.name for document in documents]
    with TemporaryDirectory() as folder, arguments.to.open("w", encoding="utf-8") as file:
        lexicon = Path(shutil.copytree(lexicon_files.LEXICON, Path(folder) / "lexicon"))
        lexicon_files.LEXICON = lexicon
        for others, part in GroupKFold(FOLDS).split(groups, groups=groups):
            fit([*(documents[place] for place in others), *also], lexicon)
            for found in found_in([documents[place] for place in part]):
                file.write(json.dumps(found, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
