"""A logistic regression of classes over named features, for the scripts that fit acts, topics and wording.

A feature is (kind, name) with a value. It is used when it occurs in at least `LEAST_DOCUMENTS` documents; words that are mostly written
with a capital letter are names and left out, so that no country stands for an act or a topic. There is no intercept: the feature
("always", "") is one that the runtime knows.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import Pipeline, make_pipeline

from pledgebook.extraction.terms import WORD, stem

LEAST_DOCUMENTS = 4
FOLDS = 8

Name = tuple[str, str]
_ANY_CASE = re.compile(WORD.pattern, re.IGNORECASE)


@dataclass(frozen=True)
class Example:
    """One coded undertaking: its document, its features, its class."""

    document: str
    features: dict[Name, float]
    label: str


@dataclass(frozen=True)
class Settings:
    """strength: inverse of the ridge penalty; least: smallest weight kept."""

    strength: float
    least: float


def names_in(texts: Iterable[str]) -> set[str]:
    """Stems of words that are mostly written with a capital letter inside a sentence."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        for match in _ANY_CASE.finditer(text):
            if text[max(0, match.start() - 1) : match.start()] == " " and text[match.start() - 2] not in ".!?:":
                (capital if match[0][0].isupper() else small)[stem(match[0].lower())] += 1
    return {word for word, count in capital.items() if count > small[word]}


def usable(examples: list[Example]) -> set[Name]:
    """Features that occur in enough documents."""
    seen = {(feature, example.document) for example in examples for feature in example.features}
    counts = Counter(feature for feature, _ in seen)
    return {feature for feature, count in counts.items() if count >= LEAST_DOCUMENTS}


def model(settings: Settings) -> Pipeline:
    """Features in columns, then the regression."""
    regression = LogisticRegression(C=settings.strength, max_iter=500, tol=1e-3, fit_intercept=False)
    return make_pipeline(DictVectorizer(), regression)


def columns(examples: list[Example], kept: set[Name]) -> list[dict[str, float]]:
    """Each example as the values of its usable features."""
    return [
        {"\t".join(feature): value for feature, value in example.features.items() if feature in kept}
        for example in examples
    ]


def report(examples: list[Example], settings: Settings, always: Sequence[Example] = ()) -> str:
    """Agreement and macro-F1 of a cross-validation by document; the examples `always` are learnt from in each fold."""
    labels, groups = [example.label for example in examples], [example.document for example in examples]
    guesses = [""] * len(examples)
    for seen, unseen in GroupKFold(FOLDS).split(labels, groups=groups):
        learnt = [*(examples[place] for place in seen), *always]
        kept = usable(learnt)
        fitted = model(settings).fit(columns(learnt, kept), [example.label for example in learnt])
        held = fitted.predict(columns([examples[place] for place in unseen], kept))
        for place, guess in zip(unseen, held, strict=True):
            guesses[place] = str(guess)
    return f"agreement {accuracy_score(labels, guesses):.3f}  macro-F1 {f1_score(labels, guesses, average='macro'):.3f}"


def rows(examples: list[Example], settings: Settings) -> list[tuple[str, str, str, float]]:
    """Kind, name, class and weight, fitted on all examples; weights too small to matter are left out."""
    fitted = model(settings).fit(columns(examples, usable(examples)), [example.label for example in examples])
    names, regression = fitted[0].get_feature_names_out(), fitted[1]
    # Of two classes the regression has weights for the second only.
    weights_of = regression.coef_ if len(regression.classes_) > 2 else (-regression.coef_[0], regression.coef_[0])
    found = [
        (*str(name).split("\t"), str(label), round(float(weight), 2))
        for label, weights in zip(regression.classes_, weights_of, strict=True)
        for name, weight in zip(names, weights, strict=True)
    ]
    return sorted(row for row in found if abs(row[3]) >= settings.least)


def write(path: Path, column: str, found: list[tuple[str, str, str, float]]) -> int:
    """Write rows as a file of the lexicon whose classes stand in `column`, and say how many there are."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("kind", "name", column, "weight"), *found])
    return len(found)
