"""Write coded documents as `readings.csv`: where each item stands and how it was coded, without a word of the text.

    python benchmarks/keep_readings.py RELEASE_DIR CODED.jsonl... --to benchmarks/readings.csv

CODED.jsonl is laid out as `../shared/gold/README.md` says. A document in which nothing was found keeps a row with its readout_id alone.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

from coded_documents import CODES, COLUMNS, CodedDocument, Item, coded_documents, hash_of


def rows(document: CodedDocument) -> Iterator[dict[str, object]]:
    """The rows of one document, in the order of the text."""
    for item in sorted(document.items, key=lambda item: item["start"]):
        yield {"readout_id": document.name, **_row(item)}
    if not document.items:
        yield {"readout_id": document.name}


def _row(item: Item) -> dict[str, object]:
    words = "".join(sign for sign in item["quote"] if sign.isalnum())
    coded = {column: item[column] for column in ("strength", "novelty", "act", "topic")}
    places = {"first": item["first"], "last": item["last"], "hash": hash_of(words)}
    codes = {column: " ".join(item[column]) for column in CODES}
    return {**places, **codes, **coded, "routine": str(item["routine"]).lower()}


def main() -> None:
    """Read the coded documents and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("coded", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, required=True)
    arguments = parser.parse_args()
    documents = sorted(coded_documents(arguments.coded, arguments.release), key=lambda document: document.name)
    with arguments.to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for document in documents for row in rows(document))
    print(f"{len(documents)} documents, {sum(len(document.items) for document in documents)} items written")


if __name__ == "__main__":
    main()
