"""`pledgebook extract`: what one document commits whom to."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import polars as pl
import typer
from rich.console import Console
from rich.text import Text

from pledgebook.extraction import extract as extract_commitments
from pledgebook.extraction.explanation import explain
from pledgebook.extraction.tables import statement_of
from pledgebook.readouts import parse_readouts
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore

_PLAIN_WIDTH = 120


def extract(
    file: Annotated[Path, typer.Argument(help="A document of any readable kind.")],
    why: Annotated[
        bool, typer.Option("--explain", help="Show every candidate, what speaks for it and against it.")
    ] = False,
) -> None:
    """Show what is found in one document: each quote marked in its sentence, and how it is coded. Nothing is stored.

    Example: pledgebook extract data/raw/samples/2021-06-08-harris-lopez-obrador.md --explain
    """
    with TemporaryDirectory() as folder:
        store = CaptureStore(folder)
        loaded = load_documents([file], store, datetime.now(UTC))
        readouts, unread, _ = parse_readouts(store.newest(), store)
        store.close()
    found = extract_commitments(readouts)
    console = Console() if Console().is_terminal else Console(width=_PLAIN_WIDTH)
    for reason in pl.concat([loaded.skipped, unread])["reason"]:
        console.print(reason, style="red", markup=False)
    for readout in readouts.iter_rows(named=True):
        if why:
            _explain(console, readout)
        else:
            _print(console, readout, found.filter(readout_id=readout["readout_id"]))
    if readouts.is_empty():
        raise typer.Exit(1)


def _print(console: Console, readout: dict[str, Any], found: pl.DataFrame) -> None:
    console.print(Text(readout["title"], style="bold"))
    console.print(f"{readout['date']}  {', '.join(readout['participants'])}  {readout['url'] or ''}\n", markup=False)
    for row in found.iter_rows(named=True):
        console.print(_marked(row))
        console.print(_coding(row), style="cyan", markup=False, highlight=False)
    console.print(f"{found.height} commitments")


def _explain(console: Console, readout: dict[str, Any]) -> None:
    console.print(Text(readout["title"], style="bold"))
    for candidate in explain(statement_of(readout)):
        console.print(_marked({"sentence": candidate.sentence, "quote": candidate.quote}))
        verdict = "counts" if candidate.counts else "does not count"
        reasons = "; ".join(f"{name} {weight:+.2f}" for name, weight in candidate.reasons)
        signs = f"  looks like: {', '.join(candidate.signs)}\n" if candidate.signs else ""
        who = ", ".join(candidate.actors)
        console.print(f"  {verdict} · {who} · {candidate.cue} · confidence {candidate.confidence}", markup=False)
        console.print(f"{signs}  {reasons}\n", style="cyan", markup=False, highlight=False)


def _marked(row: dict[str, Any]) -> Text:
    """The sentence with its quote between » and «, so that it also shows where there are no colours."""
    before, _, after = row["sentence"].partition(row["quote"])
    return Text.assemble(before, ("»" + row["quote"] + "«", "bold yellow"), after)


def _coding(row: dict[str, Any]) -> str:
    who = f"{', '.join(row['actors'])} ({row['attribution']})"
    aims = [f"to {', '.join(row['recipients'])}"] * bool(row["recipients"]) + [
        f"against {', '.join(row['targets'])}"
    ] * bool(row["targets"])
    money = [f"{row['amount_qualifier']} {row['amount']} {row['currency']} {row['amount_kind']}"] * (
        row["amount"] is not None
    )
    due = [f"due {row['due_text']}"] * bool(row["due_text"])
    words = [
        who,
        *aims,
        row["act"],
        f"topic {row['topic']}",
        row["strength"],
        row["novelty"],
        *["routine"] * row["routine"],
        *money,
        *due,
    ]
    return f"  {' · '.join(words)} · confidence {row['confidence']}\n"
