"""Fit the weights of `strength_weights.csv`, `novelty_weights.csv` and `routine_weights.csv` by logistic regression.

    python benchmarks/fit_wording.py RELEASE_DIR CODED... [--write]

Learns from the candidates whose quotes share half of the union with a coded one. Prints agreement and macro-F1 of a cross-validation by
document; with `--write` fits on all documents and writes the files. Needs scikit-learn, which the extractor itself does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from class_model import Example, Settings, report, rows, write
from coded_documents import CodedDocument, Item, asked_for
from fit_judgement import MATCHED, candidates, overlap

from pledgebook.extraction.class_weights import values
from pledgebook.extraction.coding import sentence_of
from pledgebook.extraction.lexicon_files import LEXICON
from pledgebook.extraction.modality import features
from pledgebook.extraction.undertakings import Undertaking

COLUMNS = ("strength", "novelty", "routine")
SETTINGS = Settings(strength=0.7, least=0.1)


def matched(document: CodedDocument) -> Iterator[tuple[Undertaking, Item]]:
    """Each coded item with the candidate that shares most of it, if that is half."""
    found = candidates(document)
    for item in document.items:
        shares = [overlap(candidate, item["start"], item["end"]) for candidate in found]
        if shares and max(shares) >= MATCHED:
            yield found[shares.index(max(shares))], item


def examples(documents: list[CodedDocument]) -> dict[str, list[Example]]:
    """The coded undertakings of the documents, for each column."""
    found: dict[str, list[Example]] = {column: [] for column in COLUMNS}
    for document in documents:
        text = document.readout["text"]
        for candidate, item in matched(document):
            quote, cue = (
                text[a:b] for a, b in ((candidate.start, candidate.end), (candidate.cue_start, candidate.cue_end))
            )
            seen = values(features(candidate, quote, cue, sentence_of(candidate, text)))
            for column in COLUMNS:
                found[column].append(Example(document.name, seen, str(item[column]).lower()))
    return found


def write_weights(documents: list[CodedDocument], folder: Path) -> int:
    """Fit on the documents, write the files, and say how many rows they hold."""
    return sum(
        write(folder / f"{column}_weights.csv", column, rows(found, SETTINGS))
        for column, found in examples(documents).items()
    )


def main() -> None:
    """Cross-validate, then fit and write when asked to."""
    documents, writing = asked_for(__doc__)
    for column, found in examples(documents).items():
        print(column, report(found, SETTINGS))
    if writing:
        print(f"{write_weights(documents, LEXICON)} weights written")


if __name__ == "__main__":
    main()
