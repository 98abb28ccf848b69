"""Score the extractor, write what was measured, and fail where a figure has dropped.

    python -m pledgebook.evaluation [CODED.jsonl...] [--floors FLOORS.toml] [--plots DIR]

The check set is always scored. CODED.jsonl are files of coded documents that no weight was fitted on; one that is not there is passed
over with a line that says so. FLOORS.toml has a table for each set with the least value of figures, or the largest of errors.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import TypedDict

from pledgebook.evaluation.coded import CHECKSET, found_in, read_coded
from pledgebook.evaluation.confidence import confidence_figures
from pledgebook.evaluation.plots import write_plots
from pledgebook.evaluation.quality import write_record
from pledgebook.evaluation.scores import figures, match
from pledgebook.extraction import EXTRACTOR
from schemas import CODEBOOK_VERSION

Figures = dict[str, float]
_NOTE = (
    "All readings were made by machine readers of one kind: the figures bound consistency, not correctness. "
    "The check set is invented and tests rulings; it estimates nothing about real documents."
)
_ERRORS = ("calibration_error", "brier")
# Floors are written with three decimals.
_ROUNDING = 0.0005


class Measured(TypedDict):
    """What is recorded of one set: how many documents and coded items it has, and its figures by name."""

    documents: int
    items: int
    figures: Figures


def scored(path: Path, plots: Path) -> Measured:
    """Read one set, write its plots, return what is recorded of it."""
    documents = read_coded(path)
    found = found_in(documents)
    matched = match(documents, found)
    write_plots(path.stem, matched, plots)
    measured = {**figures(documents, found), **confidence_figures(matched)}
    rounded = {name: round(value, 3) for name, value in measured.items()}
    return {"documents": len(documents), "items": len(matched.coded), "figures": rounded}


def dropped(name: str, measured: Figures, floors: dict[str, Figures]) -> list[str]:
    """A line for each figure of a set that is worse than its floor."""
    lines = []
    for figure, floor in floors.get(name, {}).items():
        value = measured[figure]
        worse = value > floor + _ROUNDING if figure in _ERRORS else value < floor - _ROUNDING
        if worse:
            lines.append(f"{name}: {figure} is {value:.3f}, but was {floor:.3f}")
    return lines


def table(sets: dict[str, Measured]) -> str:
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


def main() -> None:
    """Score, write, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", type=Path, nargs="*")
    parser.add_argument("--floors", type=Path)
    parser.add_argument("--plots", type=Path, default=Path("build/evaluation"))
    arguments = parser.parse_args()
    paths = [CHECKSET, *(path for path in arguments.coded if path.exists())]
    for path in arguments.coded:
        if path not in paths:
            print(f"{path} is not there and was not scored")
    sets = {path.stem: scored(path, arguments.plots) for path in paths}
    print(table(sets))
    write_record({"extractor": EXTRACTOR, "codebook": CODEBOOK_VERSION, "note": _NOTE, "sets": sets})
    floors = tomllib.loads(arguments.floors.read_text(encoding="utf-8")) if arguments.floors else {}
    problems = [line for name in sets for line in dropped(name, sets[name]["figures"], floors)]
    sys.exit("\n".join(problems) if problems else None)


if __name__ == "__main__":
    main()
