"""The proof of a commitment: its words where they stand, how they are coded, and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from pledgebook.reading.amounts import money
from pledgebook.reading.books import Book, opened
from pledgebook.reading.found_rows import found
from pledgebook.reading.passages import Piece, passage
from pledgebook.reading.tables import codes_of

_NO_TEXT = "The licence of the text forbids its republication: this is the sentence that the row holds."


@dataclass(frozen=True)
class Explanation:
    """A commitment beside its words; as text, and as HTML in a notebook. commitment, readout: their rows by column; pieces: the words
    around the quote; facts: what is told of it, by name."""

    commitment: dict[str, Any]
    readout: dict[str, Any]
    pieces: list[Piece]
    facts: dict[str, str]

    def __str__(self) -> str:
        words = _marked(self.pieces, lambda words: words, ("[", "]"), ("*", "*"))
        note = "" if self.readout["text"] is not None else f"\n({_NO_TEXT})"
        told = "\n".join(f"{name:>10}: {fact}" for name, fact in self.facts.items())
        return f"{words}{note}\n\n{told}\n\n[…] quote, *…* cue"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The same for a notebook; what comes from the text is escaped."""
        marked = _marked(self.pieces, escape, ("<mark>", "</mark>"), ("<u>", "</u>"))
        words = marked.replace("\n\n", "<br><br>")
        note = "" if self.readout["text"] is not None else f"<p><small>{_NO_TEXT}</small></p>"
        rows = "".join(f"<tr><th>{name}</th><td>{_linked(fact)}</td></tr>" for name, fact in self.facts.items())
        return f"<blockquote>{words}</blockquote>{note}<table>{rows}</table>"


def explain(commitment_id: str, version: str = "latest", *, releases: str | Path | None = None) -> Explanation:
    """A commitment with the words around it, quote and cue marked. Raises UnknownVersion, UnknownCommitment, ReleaseError."""
    book = opened(version, releases)
    row, readout = found(book, commitment_id)
    return Explanation(row, readout, passage(row, readout["text"]), _facts(book, row, readout))


def _facts(book: Book, row: dict[str, Any], readout: dict[str, Any]) -> dict[str, str]:
    names = dict(codes_of(book, "actors").select("code", "name").iter_rows())
    topics = dict(codes_of(book, "topics").select("code", "name").iter_rows())
    facts = {
        side[:-1]: "; ".join(names.get(code, code) for code in row[side])
        for side in ("actors", "recipients", "targets")
    }
    facts |= {
        "coded": ", ".join(
            [row["attribution"], row["strength"], row["novelty"], row["act"], *(["routine"] if row["routine"] else [])]
        ),
        "topic": topics.get(str(row["topic"]), str(row["topic"])),
        "money": money(row),
        "due": row["due_text"] or "",
        "confidence": f"{row['confidence']:.2f}",
        "statement": f"{readout['title']} ({readout['publisher']}, {readout['date']})",
        "source": readout["url"] or "",
        "captured": f"{readout['retrieved_at']:%Y-%m-%d}" if readout["retrieved_at"] else "",
        "row": f"{row['commitment_id']}, version {book.entry.version}",
    }
    return {name: fact for name, fact in facts.items() if fact}


def _marked(
    pieces: Sequence[Piece], spelled: Callable[[str], str], quote: tuple[str, str], cue: tuple[str, str]
) -> str:
    """The words, each spelled so that it is safe, with marks around the quote and around the cue."""
    told = ""
    for in_quote, together in groupby(pieces, lambda piece: piece.in_quote):
        words = "".join(spelled(one.words).join(cue) if one.in_cue else spelled(one.words) for one in together)
        told += words.join(quote) if in_quote else words
    return told


def _linked(fact: str) -> str:
    # An address of another kind, as javascript:, is shown and leads nowhere.
    shown = escape(fact)
    return f'<a href="{shown}" rel="noopener">{shown}</a>' if fact.startswith(("http://", "https://")) else shown
