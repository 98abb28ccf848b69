"""Score the extractor, write what was measured, and fail where a figure has dropped.

    python -m pledgebook.evaluation [CODED.jsonl...] [--documents DIR] [--floors FLOORS.toml] [--plots DIR]

The check set is always scored. CODED.jsonl are files of coded documents that no weight was fitted on; one that is not there is passed
over with a line that says so. DIR of `--documents` holds the same documents as their publishers wrote them, among others: from there they
are read once more on the whole path, up to a release. FLOORS.toml has a table for each set with the least value of figures, or the
largest of errors.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from pledgebook.evaluation.coded import CHECKSET
from pledgebook.evaluation.quality import Figures, MeasuredSet, write_record
from pledgebook.evaluation.sets import measured_set
from pledgebook.extraction import EXTRACTOR
from schemas import CODEBOOK_VERSION

_NOTE = (
    "All readings were made by machine readers of one kind: the figures bound consistency, not correctness. "
    "The check set is invented and tests rulings; it estimates nothing about real documents."
)
_MAIN = ("sentence_f1", "item_f1", "right_f1")
_ERRORS = ("calibration_error", "brier")
# Floors are written with three decimals.
_ROUNDING = 0.0005


def dropped(name: str, measured: Figures, floors: dict[str, Figures]) -> list[str]:
    """A line for each figure of a set that is worse than its floor."""
    lines = []
    for figure, floor in floors.get(name, {}).items():
        value = measured[figure]
        worse = value > floor + _ROUNDING if figure in _ERRORS else value < floor - _ROUNDING
        if worse:
            lines.append(f"{name}: {figure} is {value:.3f}, but was {floor:.3f}")
    return lines


def table(sets: dict[str, MeasuredSet]) -> str:
    """The figures of all sets, a row a figure."""
    names = list(sets)
    by_set = {name: sets[name]["figures"] for name in names}
    rows = dict.fromkeys(figure for measured in by_set.values() for figure in measured)
    head = f"{'':20}" + "".join(f"{name:>12}" for name in names)
    body = [
        f"{figure:20}" + "".join(f"{by_set[name].get(figure, float('nan')):12.3f}" for name in names) for figure in rows
    ]
    counts = f"{'documents, items':20}" + "".join(f"{sets[n]['documents']:>6},{sets[n]['items']:>5}" for n in names)
    return "\n".join([head, counts, *body])


def end_to_end_line(name: str, measured: MeasuredSet) -> str:
    """The main figures of a set as a release has them, or that they were not measured."""
    if "end_to_end" not in measured:
        return f"{name} was not read from a release: its documents are not there"
    figures = measured["end_to_end"]["figures"]
    return f"{name} read from a release: " + ", ".join(f"{figure} {figures[figure]:.3f}" for figure in _MAIN)


def main() -> None:
    """Score, write, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", type=Path, nargs="*")
    parser.add_argument("--documents", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--floors", type=Path)
    parser.add_argument("--plots", type=Path, default=Path("build/evaluation"))
    arguments = parser.parse_args()
    paths = [CHECKSET, *(path for path in arguments.coded if path.exists())]
    for path in arguments.coded:
        if path not in paths:
            print(f"{path} is not there and was not scored")
    sets = {path.stem: measured_set(path, arguments.plots, arguments.documents) for path in paths}
    print(table(sets))
    for path in paths[1:]:
        print(end_to_end_line(path.stem, sets[path.stem]))
    write_record({"extractor": EXTRACTOR, "codebook": CODEBOOK_VERSION, "note": _NOTE, "sets": sets})
    floors = tomllib.loads(arguments.floors.read_text(encoding="utf-8")) if arguments.floors else {}
    problems = [line for name in sets for line in dropped(name, sets[name]["figures"], floors)]
    sys.exit("\n".join(problems) if problems else None)


if __name__ == "__main__":
    main()
