"""The extractor against the coded documents beside the checkout: the floors of the main job, on the path that users take."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from pledgebook.extraction import extract
from pledgebook.readouts import parse_readouts
from pledgebook.releases.release import make_release
from pledgebook.sources.captures import captures_table
from pledgebook.sources.loading import load_documents
from pledgebook.sources.store import CaptureStore

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def release_of(paths: list[Path], folder: Path) -> Path:
    """A release of the documents, and its folder."""
    store = CaptureStore(folder / "raw")
    load_documents(paths, store, NOW)
    captures = store.newest()
    readouts, aside, _ = parse_readouts(captures, store)
    outcome = make_release(
        folder / "releases", readouts.lazy(), extract(readouts).lazy(), aside, captures_table(captures).lazy()
    )
    assert outcome.folder is not None
    return Path(outcome.folder)


@pytest.fixture(scope="module")
def seed(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    folder = release_of([shared / "corpus" / "seed"], tmp_path_factory.mktemp("seed"))
    return pl.read_parquet(folder / "commitments.parquet")


def test_the_seed_page_gives_its_grant_with_money_and_time(seed: pl.DataFrame) -> None:
    (row,) = seed.filter(pl.col("amount").is_not_null()).to_dicts()
    assert (row["actors"], row["recipients"]) == (["USA"], ["MEX"])
    assert (row["amount"], row["currency"], row["amount_qualifier"], row["amount_kind"]) == (
        Decimal(130_000_000),
        "USD",
        "approx",
        "grant_or_aid",
    )
    assert (row["due_text"], row["due_end"], row["topic"]) == ("over the next three years", date(2024, 6, 8), 5)


def test_the_seed_page_gives_the_items_of_its_list_under_one_cue(seed: pl.DataFrame) -> None:
    items = seed.filter(pl.col("list_id").is_not_null())
    assert items.height == 4
    assert items["list_id"].n_unique() == 1
    assert items.filter(pl.col("cue_start").is_between(pl.col("char_start"), pl.col("char_end"))).is_empty()


def test_the_seed_page_gives_at_least_eight_of_ten(shared: Path, seed: pl.DataFrame) -> None:
    gold = json.loads((shared / "gold" / "dev.jsonl").read_text("utf-8").splitlines()[0])
    found = seed["quote"].to_list()
    matched = [
        item for item in gold["items"] if any(item["quote"] in quote or quote in item["quote"] for quote in found)
    ]
    assert len(matched) >= 8


def test_the_floors_on_the_coded_documents(shared: Path, tmp_path: Path) -> None:
    gold = shared / "gold" / "dev.jsonl"
    slugs = {json.loads(line)["url"].rstrip("/").rsplit("/", 1)[-1] for line in gold.read_text("utf-8").splitlines()}
    files = [
        path
        for path in (shared / "corpus" / "white-house").rglob("*.md")
        if any(path.stem.endswith(slug[:60]) or slug in path.stem for slug in slugs)
    ]
    folder = release_of(files, tmp_path)
    words = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(folder), "--json"]
    figures = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    assert figures["sentence"]["f1"] >= 0.80
    assert figures["item"]["f1"] >= 0.60
