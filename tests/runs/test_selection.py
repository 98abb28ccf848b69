"""Which documents a run reads, from files to a release, without Prefect."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from running import run

from pledgebook.releases.places.published import read_table

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
    _, outcome = run(tmp_path, documents)
    assert outcome.version == "1.0.0"
    assert read_table(tmp_path / "processed", "readouts")["text_origin"].to_list() == ["official"]
    quotes = read_table(tmp_path / "processed", "commitments").filter(pl.col("cue") == "agreed")["quote"]
    assert quotes.to_list() == ["agreed to open a joint office in Bergen"]
    assert read_table(tmp_path / "processed", "quarantine").is_empty()
