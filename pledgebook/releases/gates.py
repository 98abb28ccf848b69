"""The gates between a draft and its publication: signs that a run went wrong rather than that the world changed.

- the book has far fewer documents, or commitments, than the last version;
- a column that held values has none any more;
- far too much of the book stands in quarantine, and clearly more than in the last version;
- the extractor scores below the last one that was measured, on one of the sets of that, or was not measured.

Bundled samples never count. A closed gate stops the release; a person who has looked may accept it with a reason, which
the changelog prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from pledgebook.releases.frames import Tables, official
from pledgebook.releases.texts.markdown import shown
from schemas import TABLES

# Of what the last version held, so much may be missing; of the book, so much may stand in quarantine.
LARGEST_LOSS = 0.10
LARGEST_QUARANTINE, LARGEST_GROWTH = 0.05, 0.10
SCORES = ["sentence_f1", "item_f1", "right_f1"]
BOOK = {"readouts": "documents", "commitments": "commitments"}


def closed_gates(previous: Tables, tables: Tables) -> list[str]:
    """Return what in the tables speaks against publishing them after the previous ones, in sentences; nothing, usually."""
    old, new = official(previous), official(tables)
    return [*losses(old, new), *emptied_columns(old, new), *quarantined(previous, old, tables, new)]


def losses(old: Tables, new: Tables) -> Iterator[str]:
    """Tell of what there is far less."""
    for name, noun in BOOK.items():
        before, now = old[name].height, new[name].height
        if before and now < before * (1 - LARGEST_LOSS):
            yield f"there are {now:,} {noun} after {before:,}, {1 - now / before:.0%} fewer (at most {LARGEST_LOSS:.0%})"


def emptied_columns(old: Tables, new: Tables) -> Iterator[str]:
    """Tell which columns held values and hold none any more."""
    for name in BOOK:
        known = [column for column in TABLES[name].names() if column in old[name].columns and new[name].height]
        for column in known:
            if has_value(old[name], column) and not has_value(new[name], column):
                yield f"{name}.{column} has no value in any row, and had some before"


def has_value(rows: pl.DataFrame, column: str) -> bool:
    """Tell whether any row has a value; a list without members is none."""
    values = rows[column].drop_nulls()
    return bool((values.list.len() > 0).any()) if isinstance(values.dtype, pl.List) else values.len() > 0


def quarantined(previous: Tables, old: Tables, tables: Tables, new: Tables) -> Iterator[str]:
    """Tell when too large a part of the book stands in quarantine, and a larger one than before."""
    for name, noun in BOOK.items():
        share = quarantine_share(tables["quarantine"], name, new[name].height)
        before = quarantine_share(previous["quarantine"], name, old[name].height)
        # What a person has accepted does not stop every later run.
        if share > max(LARGEST_QUARANTINE, before * (1 + LARGEST_GROWTH)):
            yield f"{share:.1%} of the {noun} stand in quarantine (at most {LARGEST_QUARANTINE:.0%})"


def quarantine_share(quarantine: pl.DataFrame, name: str, held: int) -> float:
    """Return how much of a table stands in quarantine, of what it holds and what is set aside together; nothing of an empty one."""
    aside = quarantine.filter(pl.col("table") == name)["row_id"].n_unique()
    return aside / (aside + held) if held else 0.0


def lower_scores(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Tell which scores dropped between two records of quality; a set that is measured no more counts as dropped."""
    for name, earlier in before.get("sets", {}).items():
        present = now.get("sets", {}).get(name)
        if present is None:
            yield f"the extractor was not measured on the set {name}, as that of the last measured version was"
            continue
        for score in SCORES:
            was, is_now = earlier["figures"].get(score), present["figures"].get(score)
            if was is not None and (is_now is None or is_now < was):
                yield f"{score} on the set {name} is {is_now}, after {was}"


def refusal(version: str, closed: Sequence[str]) -> str:
    """Return the message that stops a version, and what to do about it."""
    return (
        f"Version {version} needs a person to accept it: {'; '.join(closed)}. Look at what was read and set aside; if "
        'it is right, run again with --accept "REASON", which the changelog will print.'
    )


def accepted_section(closed: Sequence[str], accepted: str | None) -> str:
    """Return the part of the changelog that says what was accepted, and why."""
    if not closed or accepted is None:
        return ""
    return "\n".join(
        ["\n### Published all the same\n", *(f"- {shown(one)}." for one in closed), f"- Reason: {shown(accepted)}\n"]
    )
