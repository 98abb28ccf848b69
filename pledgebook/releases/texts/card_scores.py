"""The section of the data card on scores: what `quality.json` holds, and plainly what it does not.

A set has documents, items and figures. It may have, and the card then prints: `intervals` (figure: [low, high]), `effective_documents`,
`agreement` (figures of one reader beside another), `end_to_end` (a set's figures, read from a release), and `by_issuer` and
`by_document_type` (the same for each part).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pledgebook.releases.texts.card_text import Cell, table
from pledgebook.releases.texts.markdown import shown

Quality = Mapping[str, Any]
NOBODY = "No person has checked a sample of this dataset yet.\n"
HEADING = "## How well it works\n"
UNKNOWN = "not measured"
# A figure that a set lacks had nothing to compare there: no sum of money, or every row matched.
NO_CASE = "–"
MEANINGS = {
    "sentence_f1": "sentences that carry a commitment: F1",
    "sentence_precision": "the same: precision, share of the sentences found that carry one",
    "sentence_recall": "the same: recall, share of the sentences that carry one that are found",
    "item_f1": "quotes matched one to one (half of the union shared): F1",
    "item_precision": "the same: precision, share of the rows that a reader has too",
    "item_recall": "the same: recall, share of a reader's commitments that are found",
    "right_f1": "matched quotes with actors, recipients, targets, act and topic all right: F1",
    "overlap": "shared part of matched quotes",
    "actors": "actors of matched quotes: mean overlap",
    "recipients": "recipients: mean overlap",
    "targets": "targets: mean overlap",
    "strength": "strength: F1, mean over the values",
    "novelty": "novelty: F1, mean over the values",
    "routine": "routine: F1, mean over the values",
    "act": "act: F1, mean over the values",
    "topic": "topic: F1, mean over the values",
    "amount_f1": "money: F1",
    "due_f1": "time set: F1",
    "calibration_error": "distance of `confidence` from the share of rows matched (0 is best)",
    "brier": "squared error of `confidence` (0 is best)",
    "brier_constant": "the same, had every row the same `confidence`",
    "auroc": "how often the matched of two rows has the higher `confidence` (0.5 is chance)",
}
HEADS = {"sentence_f1": "sentence F1", "item_f1": "quote F1", "right_f1": "all codes right F1"}
PARTS = {
    "end_to_end": "End to end (documents loaded, released, then compared)",
    "by_issuer": "By issuer",
    "by_document_type": "By document type",
    "agreement": "Agreement between the readers",
}


def scores(measured: Quality | None, audited: str) -> str:
    """Return the section, followed by what people checked; `measured` is None when it is of another extractor."""
    # Invented cases come last: they are no estimate.
    found = (measured or {}).get("sets", {})
    sets = {name: found[name] for name in sorted(found, key=lambda name: (name == "checkset", name))}
    if not sets:
        body = "The extractor of these rows was not measured. Scores of another one would tell nothing of it.\n"
    else:
        note = f"{shown(str((measured or {}).get('note', '')))}\n\n" if (measured or {}).get("note") else ""
        body = f"{note}{whole(sets)}\n\n" + "\n\n".join(parts(sets)) + "\n"
    return f"{HEADING}\n{body}\n{audited.strip() or NOBODY.strip()}\n"


def whole(sets: Quality) -> str:
    """Return the table of every figure of every set; figures without a description come last, by their names."""
    found = sorted({figure for one in sets.values() for figure in one["figures"]} - set(MEANINGS))
    wanted = [*(name for name in MEANINGS if any(name in one["figures"] for one in sets.values())), *found]
    rows: list[list[Cell]] = [
        ["documents", *(f"{one['documents']:,}" for one in sets.values())],
        ["commitments that a reader found", *(f"{one['items']:,}" for one in sets.values())],
        ["effective number of documents (some hold many commitments)", *(effective(one) for one in sets.values())],
    ]
    rows += [[MEANINGS.get(name, f"`{name}`"), *(cell(one, name) for one in sets.values())] for name in wanted]
    unsure = [f"`{name}`" for name, one in sets.items() if "intervals" not in one]
    intervals = (
        f"Intervals at 95 %: {UNKNOWN} for {', '.join(unsure)}." if unsure else "In brackets: intervals at 95 %."
    )
    return table(["", *(f"`{name}`" for name in sets)], rows) + f"\n\n{intervals} “{NO_CASE}”: nothing to compare."


def effective(one: Quality) -> str:
    """Return the effective number of documents: the fewer hold most commitments, the lower it is."""
    return f"{one['effective_documents']:.0f}" if "effective_documents" in one else UNKNOWN


def cell(one: Quality, figure: str) -> str:
    """Return a figure with its interval where there is one."""
    if figure not in one["figures"]:
        return NO_CASE
    low, high = one.get("intervals", {}).get(figure, (None, None))
    told = f"{one['figures'][figure]:.2f}"
    return told if low is None else f"{told} ({low:.2f} to {high:.2f})"


def parts(sets: Quality) -> Iterator[str]:
    """Return a table for each way of looking closer that was measured, and name those that were not."""
    for key, heading in PARTS.items():
        rows = [line for name, one in sets.items() for line in lines(name, key, one.get(key))]
        if rows:
            yield f"### {heading}\n\n" + table(["set", "documents", "commitments", *HEADS.values()], rows)
    missing = [heading for key, heading in PARTS.items() if not any(one.get(key) for one in sets.values())]
    if missing:
        yield "\n".join(f"- {heading}: {UNKNOWN} with this extractor." for heading in missing)


def lines(name: str, key: str, found: Quality | None) -> Iterator[list[Cell]]:
    """Return the lines of one set in such a table."""
    if not found:
        return
    if key.startswith("by_"):
        inner = {f"`{name}`, `{part}`": one for part, one in sorted(found.items())}
    else:
        inner = {f"`{name}`": found if key == "end_to_end" else {"figures": found}}
    for label, one in inner.items():
        counts = [f"{one[count]:,}" if count in one else "" for count in ("documents", "items")]
        yield [label, *counts, *(cell(one, figure) for figure in HEADS)]
