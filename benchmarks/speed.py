"""How fast the extractor is, and how its time and memory grow.

    python benchmarks/speed.py [--documents FOLDER] [--largest 100000]

Without `--documents` the bundled samples are read. Prints, from one run over the same documents, words per second of: our whole
extraction; spaCy's blank English tokeniser with its rule sentence splitter; the same tokeniser with a Matcher of our committing words;
one regular-expression pass in Polars, the floor. Each method runs in a process of its own, which reads every document once after a
warm-up; the best of five rounds counts. Then time and peak memory of our extraction at 1,000, 10,000, 100,000 documents, the same ones
over and over under ids of their own. Needs `pip install -e '.[bench]'`.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from pledgebook.extraction import extract
from pledgebook.extraction.grammar import grammar
from pledgebook.readouts import parse_readouts
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore

SAMPLES = Path(__file__).parents[1] / "data" / "raw" / "samples"
ROUNDS, COMPARED, WARM_UP, BATCH = 5, 1000, 30, 500
SIZES = (1_000, 10_000, 100_000)
_KIB = 1024


def ours(readouts: pl.DataFrame) -> None:
    """The whole extraction: readouts to rows."""
    extract(readouts)


def spacy_sentences(readouts: pl.DataFrame) -> None:
    """Tokens and sentences."""
    for document in _spacy().pipe(readouts["text"].to_list()):
        list(document.sents)


def spacy_matcher(readouts: pl.DataFrame) -> None:
    """Tokens and our committing words."""
    from spacy.matcher import Matcher

    pipeline = _spacy(sentences=False)
    matcher = Matcher(pipeline.vocab)
    matcher.add("cue", [[{"LOWER": word} for word in words] for words in _committing()])
    for document in pipeline.pipe(readouts["text"].to_list()):
        matcher(document)


def polars_pass(readouts: pl.DataFrame) -> None:
    """One pattern of our committing words over the column."""
    words = "|".join(re.escape(" ".join(words)) for words in _committing())
    readouts.select(pl.col("text").str.count_matches(rf"(?i)\b(?:{words})\b"))


METHODS: dict[str, Callable[[pl.DataFrame], None]] = {
    "ours": ours,
    "spacy_sentences": spacy_sentences,
    "spacy_matcher": spacy_matcher,
    "polars_pass": polars_pass,
}


def _spacy(sentences: bool = True):  # type: ignore[no-untyped-def]
    import spacy

    pipeline = spacy.blank("en")
    pipeline.max_length = 10**8
    if sentences:
        pipeline.add_pipe("sentencizer")
    return pipeline


def _committing() -> list[tuple[str, ...]]:
    return sorted({frame.words for frames in grammar().frames.values() for frame in frames})


def timed(method: str, path: Path) -> dict[str, float]:
    """Seconds and peak memory in MiB of one pass in this process, after a warm-up."""
    readouts = pl.read_parquet(path)
    METHODS[method](readouts.head(WARM_UP))
    start = time.perf_counter()
    METHODS[method](readouts)
    return {"seconds": time.perf_counter() - start, "memory": _peak()}


def grown(size: int, path: Path) -> dict[str, float]:
    """The same for `size` documents in batches, whose rows are written out as a run of the flow hands them on."""
    readouts = pl.read_parquet(path)
    extract(readouts.head(WARM_UP))
    start = time.perf_counter()
    with TemporaryDirectory() as folder:
        for number, batch in enumerate(_batches(readouts, size)):
            extract(batch).write_parquet(Path(folder) / f"{number}.parquet")
    return {"seconds": time.perf_counter() - start, "memory": _peak()}


def _batches(readouts: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    for first in range(0, size, BATCH):
        rows = [place % readouts.height for place in range(first, min(first + BATCH, size))]
        ids = pl.Series("readout_id", [f"r-{place:016x}" for place in range(first, first + len(rows))])
        yield readouts[rows].with_columns(ids)


def _peak() -> float:
    """Peak resident memory of this process alone; getrusage would count what the parent held when it was forked (Linux only)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / _KIB  # type: ignore[index]


def in_process(*words: str) -> dict[str, float]:
    """Run this script's own measurement in a process apart."""
    command = [sys.executable, __file__, *words]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def compare(path: Path) -> None:
    """Print a line for each method."""
    words = pl.read_parquet(path, columns=["text"])["text"].str.count_matches(r"\S+").sum()
    rounds = [{name: in_process("--method", name, "--table", str(path)) for name in METHODS} for _ in range(ROUNDS)]
    best = {name: min((results[name] for results in rounds), key=lambda one: one["seconds"]) for name in METHODS}
    print(f"{words:,} words, best of {ROUNDS}\n{'method':18}{'words/s':>12}{'of ours':>10}{'peak MiB':>10}")
    for name, result in best.items():
        ratio = best["ours"]["seconds"] / result["seconds"]
        print(f"{name:18}{words / result['seconds']:12,.0f}{ratio:10.2f}{result['memory']:10.0f}")


def grow(path: Path, largest: int) -> None:
    """Print a line for each size."""
    print(f"\n{'documents':>10}{'seconds':>10}{'peak MiB':>10}")
    for size in (size for size in SIZES if size <= largest):
        result = in_process("--size", str(size), "--table", str(path))
        print(f"{size:10,}{result['seconds']:10.1f}{result['memory']:10.0f}")


def read(documents: Path, folder: Path) -> pl.DataFrame:
    """The readouts of a folder of documents."""
    store = CaptureStore(folder / "raw")
    load_documents([documents], store, datetime.now(UTC))
    return parse_readouts(store.newest(), store)[0]


def main() -> None:
    """Measure, or be one of the processes that are measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, default=SAMPLES)
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    parser.add_argument("--method", choices=METHODS, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--table", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.method:
        print(json.dumps(timed(arguments.method, arguments.table)))
    elif arguments.size:
        print(json.dumps(grown(arguments.size, arguments.table)))
    else:
        with TemporaryDirectory() as folder:
            readouts = read(arguments.documents, Path(folder))
            compared, everything = Path(folder) / "compared.parquet", Path(folder) / "all.parquet"
            readouts.sample(min(COMPARED, readouts.height), seed=0).write_parquet(compared)
            readouts.write_parquet(everything)
            compare(compared)
            grow(everything, arguments.largest)


if __name__ == "__main__":
    main()
