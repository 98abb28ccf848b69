"""Fit the weights of `pledgebook/extraction/lexicon/act_weights.csv` by logistic regression.

    python benchmarks/fit_topics.py RELEASE_DIR CODED... [--write]

Prints agreement and macro-F1 of a cross-validation by document; with `--write` fits on all documents and writes the file. Needs
scikit-learn, which the extractor itself does not. The verb is left to be found in the quote.
"""

from __future__ import annotations

from pathlib import Path

from class_model import Example, Settings, names_in, report, rows, write
from coded_documents import CodedDocument, asked_for
from surroundings import Surroundings, surroundings

from pledgebook.extraction.acts import features
from pledgebook.extraction.class_weights import values
from pledgebook.extraction.lexicon_files import LEXICON

SETTINGS = Settings(strength=1.0, least=0.12)


def examples(documents: list[CodedDocument]) -> list[Example]:
    """All coded undertakings of the documents."""
    names = names_in(document.readout["text"] for document in documents)
    return [
        Example(document.name, _features(place, names), item["act"])
        for document in documents
        for item, place in surroundings(document)
    ]


def _features(place: Surroundings, names: set[str]) -> dict[tuple[str, str], float]:
    found = values(features("", place.quote, place.sentence))
    return {feature: value for feature, value in found.items() if names.isdisjoint(feature[1].split())}


def write_weights(documents: list[CodedDocument], path: Path) -> int:
    """Fit on the documents, write the file, and say how many rows it holds."""
    return write(path, "act", rows(examples(documents), SETTINGS))


def main() -> None:
    """Cross-validate, then fit and write when asked to."""
    documents, writing = asked_for(__doc__)
    print(report(examples(documents), SETTINGS))
    if writing:
        print(f"{write_weights(documents, LEXICON / 'act_weights.csv')} weights written")


if __name__ == "__main__":
    main()
