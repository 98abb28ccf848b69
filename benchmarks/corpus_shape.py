"""How a corpus is shaped, and how long its documents take: a real one beside a synthetic one.

    python benchmarks/corpus_shape.py --real ../shared/corpus/white-house ../shared/corpus/*.jsonl --synthetic FOLDER [--sample 2000]
    python benchmarks/corpus_shape.py --real ../shared/corpus/white-house ../shared/corpus/*.jsonl --write

Prints for each measure of a document its quantiles and its mean, the share of documents that name a foreign party, and milliseconds of
CPU a document. `--write` keeps the quantiles of the real corpus, kind by kind, in `synthetic/shape.csv`, which the generator draws from.
"""

from __future__ import annotations

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from pledgebook.extraction import extract
from pledgebook.extraction.cues import find_cues
from pledgebook.extraction.document import DocumentReader
from pledgebook.extraction.segmentation import sentences
from pledgebook.extraction.tables import statement_of
from pledgebook.extraction.words import Tokens
from pledgebook.readouts import parse_readouts
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore

SHAPE = Path(__file__).parent / "synthetic" / "shape.csv"
PRINTED = (0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1)
KEPT = (0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.99, 0.995, 0.999, 1)
MEASURES = ("characters", "sentences", "cue_share", "item_share", "commitments")
GROUPS = ("kind", "place", "size")
# What a document of the generator is made by; commitments follow from the share of committing sentences that hold one.
DRAWN = ("characters", "cue_share", "item_share", "promise_share")
# Long documents are of another make: transcripts of speeches and annexes, which promise little for their length.
LONG = 4000
WARM_UP, SEED = 30, 0


def read(paths: list[str]) -> tuple[pl.DataFrame, dict[str, float]]:
    """The readouts of files and folders, and milliseconds of CPU a document of loading and of parsing."""
    with TemporaryDirectory() as folder:
        store = CaptureStore(Path(folder) / "raw")
        began = time.process_time()
        load_documents(paths, store, datetime.now(UTC))
        captures, loaded = store.newest(), time.process_time()
        readouts = parse_readouts(captures, store).readouts
        parsed = time.process_time()
    each = 1000 / len(captures)
    return readouts, {"load": (loaded - began) * each, "parse": (parsed - loaded) * each}


def measured(readouts: pl.DataFrame) -> tuple[pl.DataFrame, float]:
    """A row of measures for each readout, and milliseconds of CPU a document of extraction."""
    extract(readouts.head(WARM_UP))
    began = time.process_time()
    found = extract(readouts)
    spent = (time.process_time() - began) * 1000 / readouts.height
    counts = dict(found.group_by("readout_id").len().iter_rows())
    rows = [_measures(row, counts.get(row["readout_id"], 0)) for row in readouts.iter_rows(named=True)]
    return pl.DataFrame(rows), spent


def _measures(readout: dict[str, Any], commitments: int) -> dict[str, Any]:
    text = readout["text"]
    found = sentences(text)
    with_cue = sum(bool(find_cues(Tokens(text, sentence.start, sentence.end))) for sentence in found)
    # A document that names no foreign party is not read any further, and has no candidates.
    abroad = next(DocumentReader(statement_of(readout)).candidates(), None) is not None
    return {
        "kind": readout["document_type"],
        "place": "abroad" if abroad else "home",
        "size": "long" if len(text) > LONG else "short",
        "characters": len(text),
        "sentences": len(found),
        "cue_share": with_cue / len(found) if found else 0.0,
        "item_share": sum(sentence.item for sentence in found) / len(found) if found else 0.0,
        "promise_share": commitments / with_cue if with_cue else 0.0,
        "commitments": commitments,
    }


def shape_of(documents: pl.DataFrame) -> pl.DataFrame:
    """Quantiles of what the generator draws, for each kind, place and size, with the number of documents."""
    rows = []
    for of, group in documents.sort(GROUPS).group_by(GROUPS, maintain_order=True):
        for measure in DRAWN:
            quantiles = {f"q{quantile:g}": round(group[measure].quantile(quantile) or 0, 4) for quantile in KEPT}
            named = dict(zip(GROUPS, of, strict=True))
            rows.append(named | {"documents": group.height, "measure": measure} | quantiles)
    return pl.DataFrame(rows)


def report(name: str, paths: list[str], sample: int | None) -> pl.DataFrame:
    """Print the shape of a corpus, or of so many of its documents; returns a row for each of them."""
    readouts, milliseconds = read(paths)
    readouts = readouts.sample(min(sample or readouts.height, readouts.height), seed=SEED)
    documents, milliseconds["extract"] = measured(readouts)
    abroad = documents.filter(place="abroad").height / documents.height
    print(f"{name}: {documents.height:,} documents, {abroad:.1%} name a foreign party")
    print(", ".join(f"{stage} {spent:.2f} ms" for stage, spent in milliseconds.items()) + " of CPU a document")
    print(f"{'':14}" + "".join(f"{quantile:>12.0%}" for quantile in PRINTED) + f"{'mean':>12}")
    for measure in MEASURES:
        column = pl.col(measure)
        quantiles = (column.quantile(quantile).alias(f"{quantile:.0%}") for quantile in PRINTED)
        figures = documents.select(*quantiles, column.mean()).row(0)
        print(f"{measure:14}" + "".join(f"{figure:12,.2f}" for figure in figures))
    print(flush=True)
    return documents


def main() -> None:
    """Print one corpus or two, and keep the shape of the real one when told to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", nargs="+", metavar="PATH", required=True)
    parser.add_argument("--synthetic", nargs="+", metavar="PATH")
    parser.add_argument("--sample", type=int, help="how many documents of each are measured; all without it")
    parser.add_argument("--write", action="store_true", help="keep the shape of the real corpus for the generator")
    arguments = parser.parse_args()
    real = report("real", arguments.real, arguments.sample)
    if arguments.synthetic:
        report("synthetic", arguments.synthetic, arguments.sample)
    if arguments.write:
        shape_of(real).write_csv(SHAPE)


if __name__ == "__main__":
    main()
