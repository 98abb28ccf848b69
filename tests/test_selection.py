"""Which documents a run reads, from files to a release, without Prefect."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from pledgebook.extraction import extract
from pledgebook.readouts import parse_readouts
from pledgebook.releases import make_release, read_table
from pledgebook.selection import brought_together, chosen_captures
from pledgebook.sources.captures import captures_table
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore

ADDRESS = "https://www.whitehouse.gov/briefing-room/2021/06/08/readout-of-a-call-with-norway/"
TITLE = "Readout of the President’s Call with the Prime Minister of Norway"
OFFICIAL = f"""---
title: {TITLE}
date: 2021-06-08
source_url: {ADDRESS}
---
The President spoke today with the Prime Minister of Norway. The two leaders agreed to open a joint office in Bergen.
"""
SUMMARY = f"""---
title: {TITLE}
date: 2021-06-08
source_url: {ADDRESS}
text_origin: summary
---
In a call, Norway and the United States agreed to open an office together.
"""


def test_a_sample_and_its_real_document_in_one_run_leave_the_real_one_with_its_commitments(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "real.md").write_text(OFFICIAL, "utf-8")
    (documents / "summary.md").write_text(SUMMARY, "utf-8")
    store = CaptureStore(tmp_path / "raw")
    loaded = load_documents([documents], store, datetime(2026, 11, 1, tzinfo=UTC))
    groups = chosen_captures(store, (), loaded.captures)
    parsed = brought_together([parse_readouts(group, store) for group in groups.values()], [loaded.skipped])
    readouts, aside, _ = parsed
    captures = captures_table([capture for group in groups.values() for capture in group])
    outcome = make_release(tmp_path / "processed", readouts, extract(readouts), aside, captures)
    assert outcome.version == "1.0.0"
    assert read_table(tmp_path / "processed", "readouts")["text_origin"].to_list() == ["official"]
    quotes = read_table(tmp_path / "processed", "commitments").filter(pl.col("cue") == "agreed")["quote"]
    assert quotes.to_list() == ["agreed to open a joint office in Bergen"]
    assert read_table(tmp_path / "processed", "quarantine").is_empty()
