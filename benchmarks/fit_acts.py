"""Fit the weights of `pledgebook/extraction/lexicon/act_weights.csv` by logistic regression.

    python benchmarks/fit_acts.py GOLD.jsonl... [--write]

Prints agreement and macro-F1 of a cross-validation by document; with `--write` fits on all documents and writes the file.
Needs scikit-learn, which the extractor itself does not. A feature is used when it occurs in at least `LEAST_DOCUMENTS`
documents; words that are written with a capital letter are names and left out, so that no country stands for an act.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline

from pledgebook.extraction.acts import WORD, features
from pledgebook.extraction.lexicon_files import LEXICON
from pledgebook.extraction.segmentation import sentences
from pledgebook.extraction.terms import stems

LEAST_DOCUMENTS = 8
LEAST_WEIGHT = 0.15
FOLDS = 8
# Words are many and say little each: a smaller value is a stronger penalty on their weights.
SCALES = {"word": 0.5, "verb": 0.8, "then class": 0.6, "then verb": 0.6, "pair": 0.7, "around": 0.4}

Name = tuple[str, str]


class Item(NamedTuple):
    """One undertaking of the gold documents."""

    document: str
    quote: str
    sentence: str
    act: str

    def features(self) -> list[Name]:
        """Its features as (kind, name), the verb left to be found in the quote."""
        found = features("", self.quote, self.sentence)
        return [(WORD, feature) if isinstance(feature, str) else feature for feature in found]


def read_items(paths: list[Path]) -> list[Item]:
    """All undertakings of the gold files, in the order of the files."""
    documents = [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    return [
        Item(document["doc"], item["quote"], sentence_of(document["text"], item["quote"]), item["act"])
        for document in documents
        for item in document["items"]
    ]


def sentence_of(text: str, quote: str) -> str:
    """The sentence in which a quote begins, its lead-in before it when it stands in a list."""
    place = text.find(quote)
    for sentence in sentences(text):
        if sentence.start <= place < sentence.end:
            lead_in = f"{text[sentence.lead_in.start : sentence.lead_in.end]} " if sentence.lead_in else ""
            return lead_in + text[sentence.start : sentence.end]
    return quote


def usable_features(items: list[Item]) -> set[Name]:
    """Features that occur in enough documents, without the names."""
    documents: dict[Name, set[str]] = {}
    for item in items:
        for feature in item.features():
            documents.setdefault(feature, set()).add(item.document)
    names = {(WORD, word) for word in _names(items)}
    return {feature for feature, places in documents.items() if len(places) >= LEAST_DOCUMENTS} - names


def _names(items: list[Item]) -> set[str]:
    """Stems of words that are mostly written with a capital letter inside a quote."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for item in items:
        for word in re.findall(r"(?<=\s)[^\W\d_]+", item.quote):
            (capital if word[0].isupper() else small).update(stems(word))
    return {word for word, count in capital.items() if count > small[word]}


def vectors(items: list[Item], usable: set[Name]) -> list[dict[str, float]]:
    """Each undertaking as the values of its usable features."""
    return [
        {"\t".join(feature): SCALES.get(feature[0], 1.0) for feature in item.features() if feature in usable}
        for item in items
    ]


def model() -> Pipeline:
    """The regression, without an intercept: the feature "always" is one that the runtime knows."""
    return make_pipeline(DictVectorizer(), LogisticRegression(C=1.5, max_iter=5000, fit_intercept=False))


def write_weights(items: list[Item], usable: set[Name]) -> int:
    """Fit on all `items`, write the weights that matter, and say how many there are."""
    fitted = model().fit(vectors(items, usable), [item.act for item in items])
    names, regression = fitted[0].get_feature_names_out(), fitted[1]
    rows = [
        (*name.split("\t"), act, round(float(weight) * SCALES.get(name.split("\t")[0], 1.0), 2))
        for act, weights in zip(regression.classes_, regression.coef_, strict=True)
        for name, weight in zip(names, weights, strict=True)
    ]
    kept = sorted(row for row in rows if abs(row[3]) >= LEAST_WEIGHT)
    with (LEXICON / "act_weights.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("kind", "name", "act", "weight"), *kept])
    return len(kept)


def main() -> None:
    """Cross-validate, then fit and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    items = read_items(arguments.gold)
    usable = usable_features(items)
    acts = [item.act for item in items]
    groups = [item.document for item in items]
    guesses = cross_val_predict(model(), vectors(items, usable), acts, groups=groups, cv=GroupKFold(FOLDS))
    print(
        f"agreement {accuracy_score(acts, guesses):.3f}  macro-F1 {f1_score(acts, guesses, average='macro'):.3f}  features {len(usable)}"
    )
    if arguments.write:
        print(f"{write_weights(items, usable)} weights written")


if __name__ == "__main__":
    main()
