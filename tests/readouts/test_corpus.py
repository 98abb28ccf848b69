"""The real documents beside the checkout as readouts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from pledgebook.readouts import parse_readouts
from pledgebook.sources import CaptureStore, load_documents

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def ids(store: CaptureStore, *paths: Path) -> set[str]:
    readouts, _, _ = parse_readouts(load_documents(paths, store, NOW).captures, store)
    return set(readouts["readout_id"])


def test_bodies_and_markdown_of_one_page_are_one_readout(shared: Path, tmp_path: Path) -> None:
    corpus, store = shared / "corpus", CaptureStore(tmp_path / "raw")
    releases = corpus / "white-house" / "statements-releases"
    common = ids(store, *sorted((corpus / "html").glob("whitehouse-*")), corpus / "html") & ids(
        store, releases / "2021-05", releases / "2021-06"
    )
    print(f"{len(common)} readouts in both forms")
    assert len(common) >= 35


def test_who_met_in_the_page_saved_as_text(shared: Path, tmp_path: Path) -> None:
    store = CaptureStore(tmp_path / "raw")
    readouts, quarantine, _ = parse_readouts(load_documents([shared / "corpus" / "seed"], store, NOW).captures, store)
    (row,) = readouts.to_dicts()
    assert quarantine.is_empty()
    assert row["participants"] == ["USA", "MEX"]
    assert (row["document_type"], row["meeting_mode"], row["issuer_level"]) == (
        "readout",
        "in_person",
        "vice_president",
    )
    assert row["title_basis"] == "first_sentence"
    assert (row["date"].isoformat(), row["date_basis"], row["language"]) == ("2021-06-08", "file_name", "en")
    assert row["title"].startswith("Today, ")
