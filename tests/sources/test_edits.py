"""A page that is edited, and edited back: what it says now counts, and nothing is stored twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from pledgebook.sources import CaptureStore, load_documents

from .conftest import NOW

Write = Callable[..., Path]
HEAD = "---\ntitle: A call\ndate: 2021-06-08\nsource_url: https://www.state.gov/a-call\n"
FIRST, SECOND = f"{HEAD}---\nNorland will help.\n", f"{HEAD}---\nNorland will pay.\n"


def sizes(store: CaptureStore) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in store.raw.glob("*/*.warc.gz")}


def load_on_day(number: int, store: CaptureStore, *paths: Path) -> list[bytes]:
    """Loads files and returns what the newest captures then hold."""
    load_documents(paths, store, NOW + timedelta(days=number))
    return [store.read(capture) for capture in store.newest()]


def test_a_page_edited_and_edited_back_says_again_what_it_said(store: CaptureStore, write: Write) -> None:
    held = [load_on_day(day, store, write("call.md", page)) for day, page in enumerate([FIRST, SECOND, FIRST])]
    assert held == [[FIRST.encode()], [SECOND.encode()], [FIRST.encode()]]
    before = sizes(store)
    assert load_on_day(3, store, write("call.md", FIRST)) == [FIRST.encode()]
    assert sizes(store) == before


def test_an_index_made_again_still_knows_that_a_page_was_edited_back(store: CaptureStore, write: Write) -> None:
    for day, page in enumerate([FIRST, SECOND, FIRST]):
        load_on_day(day, store, write("call.md", page))
    store.close()
    (store.raw / "index.sqlite").unlink()
    assert [store.read(capture) for capture in CaptureStore(store.raw).newest()] == [FIRST.encode()]


def test_an_edit_undone_counts_although_the_page_states_when_it_was_retrieved(
    store: CaptureStore, write: Write
) -> None:
    stated = [page.replace("title:", "retrieved_at: 2021-06-09T00:00:00Z\ntitle:") for page in (FIRST, SECOND, FIRST)]
    held = [load_on_day(day, store, write("call.md", page)) for day, page in enumerate(stated)]
    assert [contents[0] for contents in held] == [page.encode() for page in stated]


def test_two_versions_in_two_folders_are_stored_once(store: CaptureStore, write: Write) -> None:
    one, other = write("one/call.md", FIRST).parent, write("other/call.md", SECOND).parent
    first = load_on_day(0, store, one, other)
    before = sizes(store)
    assert load_on_day(1, store, one, other) == first
    assert sizes(store) == before


def test_a_day_of_publication_is_no_time_of_modification(store: CaptureStore, write: Write) -> None:
    timed = FIRST.replace("title:", "published_time: 2021-06-08T15:00:00Z\ntitle:")
    load_on_day(0, store, write("timed.md", timed))
    assert load_on_day(300, store, write("dated.md", SECOND)) == [SECOND.encode()]


def test_of_copies_loaded_together_a_dated_one_counts(store: CaptureStore, write: Write) -> None:
    undated = [FIRST.replace("date: 2021-06-08\n", f"note: {number}\n") for number in range(5)]
    paths = [write(f"{number}.md", page) for number, page in enumerate([*undated, SECOND])]
    assert load_on_day(0, store, *paths) == [SECOND.encode()]
