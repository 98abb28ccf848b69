"""The real documents beside the checkout: each is read or skipped with a reason, and copies of one page give one text."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from pledgebook.sources import Capture, CaptureStore, Document, UnreadableDocument, load_documents, parse_capture

from .conftest import NOW


def documents(folder: Path, store: CaptureStore) -> tuple[dict[str, Document], Counter[str], list[Capture]]:
    """Documents by name, how many captures failed which check, and all captures."""
    loaded = load_documents([folder], store, NOW)
    read: dict[str, Document] = {}
    failed = Counter(loaded.skipped["check"])
    for capture in loaded.captures:
        try:
            read[capture.name] = parse_capture(capture, store.read(capture))
        except UnreadableDocument as problem:
            failed[problem.check] += 1
    return read, failed, loaded.captures


def test_html_bodies_and_their_markdown_are_one_text(shared: Path, store: CaptureStore) -> None:
    """Of 36 bodies three were edited by the publisher after the feed had them, as a comparison of the files shows."""
    bodies, failed, captures = documents(shared / "corpus" / "html", store)
    assert dict(failed) == {"unknown_kind": 2}
    wanted = {
        capture.address: bodies[capture.name].text for capture in captures if capture.name.startswith("whitehouse-")
    }
    compared = same = 0
    for month in ("2021-05", "2021-06"):
        pages, _, copies = documents(shared / "corpus" / "white-house" / "statements-releases" / month, store)
        common = [copy for copy in copies if copy.address in wanted]
        compared += len(common)
        same += sum(pages[copy.name].text == wanted[copy.address] for copy in common)
    print(f"{compared} bodies compared, {same} equal")
    assert compared >= 35
    assert compared - same <= 3


def test_the_page_saved_as_text(shared: Path, store: CaptureStore) -> None:
    read, _, _ = documents(shared / "corpus" / "seed", store)
    (page,) = read.values()
    blocks = page.text.split("\n\n")
    assert len(blocks) == 4
    assert blocks[0].startswith("Today, ")
    assert not any("Scroll" in block or "frozen" in block for block in blocks)
    assert (page.issuer, page.publisher, page.date_basis, page.day.isoformat()) == (
        "USA",
        "white-house",
        "file_name",
        "2021-06-08",
    )


@pytest.mark.parametrize("name", ["state-department.jsonl", "ukraine-president.jsonl", "kremlin.jsonl"])
def test_json_lines(shared: Path, store: CaptureStore, name: str) -> None:
    path = shared / "corpus" / name
    read, failed, _ = documents(path, store)
    assert len(read) == len(path.read_bytes().splitlines())
    assert not failed


def test_no_markup_is_left_in_a_year_of_markdown(shared: Path, store: CaptureStore) -> None:
    folders = sorted((shared / "corpus" / "white-house" / "statements-releases").glob("2022-*"))[:4]
    for folder in folders:
        read, failed, captures = documents(folder, store)
        assert len(read) + sum(failed.values()) == len(captures)
        for name, document in read.items():
            left = [
                mark
                for mark in ("**", "](", "<u>", "</", "<!--", "\\#", "&nbsp;", "\u00a0", "  ")
                if mark in document.text
            ]
            assert not left, (name, left)
