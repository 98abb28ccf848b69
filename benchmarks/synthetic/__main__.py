"""Writes a synthetic corpus as JSON Lines, which `pledgebook run --input FOLDER` reads.

    python -m benchmarks.synthetic --documents 1000000 --seed 7 --to FOLDER

A file holds 10,000 documents. The same seed gives the same documents in the same order, however many are asked for.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.synthetic.corpus import document

IN_A_FILE = 10_000


def write(folder: Path, documents: int, seed: int) -> None:
    """Write so many documents to files of a folder, one document in memory at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, documents, IN_A_FILE):
        with (folder / f"{first // IN_A_FILE:06}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for number in range(first, min(first + IN_A_FILE, documents)):
                file.write(json.dumps(document(number, seed), ensure_ascii=False) + "\n")


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.synthetic",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--documents", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    arguments = parser.parse_args()
    write(arguments.to, arguments.documents, arguments.seed)


if __name__ == "__main__":
    main()
