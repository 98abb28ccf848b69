"""The raw archive: nothing twice, nothing lost, whatever stops a run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from pledgebook.sources import Capture, CaptureStore, Loaded, WrongUse, captures_table, newest_captures
from pledgebook.sources.captures import sha256_of

from .conftest import NOW

Load = Callable[..., Loaded]
Write = Callable[..., Path]
ROOT = Path(__file__).parents[2]


def capture(content: bytes, url: str | None = None, **changes: object) -> Capture:
    made = Capture("white-house" if url else "folder", url, "a.txt", "text/plain", NOW, sha256_of(content))
    return replace(made, **changes)  # type: ignore[arg-type]


def test_what_is_stored_is_read_back(store: CaptureStore) -> None:
    contents = [b"one\r\n\r\ntwo", "שלום 🤝".encode("utf-16"), b"x" * 3_000_000]
    store.add([(capture(content, title="Räume\n", day=NOW.date()), content) for content in contents], NOW)
    again = CaptureStore(store.raw)
    assert sorted(again.read(stored) for stored in again.newest()) == sorted(contents)
    assert {stored.title for stored in again.newest()} == {"Räume\n"}


def test_the_same_bytes_of_an_address_are_stored_once(store: CaptureStore) -> None:
    url = "https://www.whitehouse.gov/a"
    first = store.add([(capture(b"one", url), b"one")], NOW)
    size = sum(path.stat().st_size for path in store.raw.glob("*/*.warc.gz"))
    second = store.add([(capture(b"one", url + "/#top", captured_at=NOW + timedelta(days=1)), b"one")] * 2, NOW)
    assert second == first * 2
    assert sum(path.stat().st_size for path in store.raw.glob("*/*.warc.gz")) == size


def test_an_older_file_is_never_written_to_again(store: CaptureStore) -> None:
    store.add([(capture(b"one"), b"one")], NOW)
    before = {path: path.read_bytes() for path in store.raw.glob("*/*.warc.gz")}
    store.add([(capture(b"two"), b"two")], NOW)
    assert len(list(store.raw.glob("*/*.warc.gz"))) == 2
    assert all(path.read_bytes() == content for path, content in before.items())


def test_an_empty_archive_holds_nothing_and_is_not_made(tmp_path: Path) -> None:
    assert CaptureStore(tmp_path / "raw").newest() == []
    assert not (tmp_path / "raw").exists()


def test_a_file_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("")
    with pytest.raises(WrongUse, match="raw is a file"):
        CaptureStore(tmp_path / "raw")


def test_the_newer_modified_time_wins(store: CaptureStore) -> None:
    url = "https://www.whitehouse.gov/a"
    old = capture(b"old", url, modified_at=NOW - timedelta(days=9), captured_at=NOW + timedelta(days=1))
    new = capture(b"new", url, modified_at=NOW - timedelta(days=8))
    for order in ([old, new], [new, old]):
        assert newest_captures(order) == [new]


def test_without_a_modified_time_the_later_capture_wins() -> None:
    url = "https://www.whitehouse.gov/a"
    stated = capture(b"stated", url, modified_at=NOW - timedelta(days=9))
    same_day, later = capture(b"bare", url), capture(b"bare", url, captured_at=NOW + timedelta(days=1))
    assert newest_captures([same_day, stated]) == [stated]
    assert newest_captures([later, stated]) == [later]


def test_documents_without_address_never_replace_each_other() -> None:
    assert len(newest_captures([capture(b"one"), capture(b"two"), capture(b"one")])) == 2


def test_only_the_sources_asked_for(store: CaptureStore) -> None:
    store.add([(capture(b"one"), b"one"), (capture(b"two", "https://www.whitehouse.gov/a"), b"two")], NOW)
    assert [stored.source for stored in store.newest(["folder"])] == ["folder"]


def test_samples_are_read_where_they_lie(store: CaptureStore) -> None:
    samples = store.raw / "samples"
    samples.mkdir(parents=True)
    page = (
        "---\nsource_url: https://www.state.gov/a\ntext_origin: summary\nretrieved_at: 2026-01-02T00:00:00Z\n---\nText"
    )
    (samples / "a.md").write_text(page)
    (samples / "broken.md").write_text("---\ntitle: [\n---\n")
    assert [(sample.source, sample.name, sample.url) for sample in store.newest()] == [
        ("samples", "a.md", "https://www.state.gov/a"),
        ("samples", "broken.md", None),
    ]
    assert store.read(store.newest()[0]) == page.encode()
    assert not list(store.raw.glob("*/*.warc.gz"))


def test_the_index_can_be_made_again_from_the_archive_alone(store: CaptureStore) -> None:
    contents = [b"one", b"two", b"three"]
    store.add([(capture(content, title="T", modified_at=NOW), content) for content in contents], NOW)
    known = store.captures()
    store.close()
    (store.raw / "index.sqlite").unlink()
    again = CaptureStore(store.raw)
    assert again.captures() == known
    assert sorted(map(again.read, again.captures())) == sorted(contents)


def test_a_torn_tail_does_no_harm(store: CaptureStore) -> None:
    contents = [os.urandom(2000) for _ in range(3)]
    store.add([(capture(content), content) for content in contents], NOW)
    store.close()
    (path,) = store.raw.glob("*/*.warc.gz")
    path.write_bytes(path.read_bytes()[:-500])
    (store.raw / "index.sqlite").unlink()
    again = CaptureStore(store.raw)
    assert sorted(map(again.read, again.captures())) == sorted(contents[:2])


def run_python(code: str, *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


WRITE_FOR_EVER = """
import itertools, sys
from datetime import UTC, datetime
from pledgebook.sources import Capture, CaptureStore
from pledgebook.sources.captures import sha256_of

def documents():
    for number in itertools.count():
        if number == 1200:
            print("ready", flush=True)
        content = b"%d" % number * 50
        yield Capture("folder", None, "a.txt", "text/plain", datetime(2026, 1, 1, tzinfo=UTC), sha256_of(content)), content

CaptureStore(sys.argv[1]).add(documents(), datetime(2026, 1, 1, tzinfo=UTC))
"""


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_what_was_stored_before_a_run_was_stopped_is_readable(tmp_path: Path, blow: signal.Signals) -> None:
    with run_python(WRITE_FOR_EVER, tmp_path / "raw") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(blow)
        process.communicate(timeout=60)
    store = CaptureStore(tmp_path / "raw")
    stored = store.newest()
    assert len(stored) >= (1000 if blow is signal.SIGKILL else 1200)
    assert all(sha256_of(store.read(capture)) == capture.sha256 for capture in stored)
    content = b"after"
    store.add([(capture(content), content)], NOW)
    assert len(store.newest()) == len(stored) + 1


LOAD_WITH_LITTLE_ROOM = """
import resource, sys
from datetime import UTC, datetime
from pledgebook.sources import CaptureStore, StorageFull, load_documents

resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    load_documents([sys.argv[1]], CaptureStore(sys.argv[2]), datetime(2026, 1, 1, tzinfo=UTC))
except StorageFull as full:
    print(full)
"""


def test_a_full_disk_is_told_and_what_was_stored_stays(write: Write, tmp_path: Path) -> None:
    folder = write("1.txt", "Norland will help.").parent
    write("2.txt", os.urandom(400_000).hex())
    write("3.txt", "Estavia will pay.")
    with run_python(LOAD_WITH_LITTLE_ROOM, folder, tmp_path / "raw") as process:
        told, errors = process.communicate(timeout=60)
    assert not errors
    assert "the disk is full" in told
    assert ".warc.gz" in told
    store = CaptureStore(tmp_path / "raw")
    assert [store.read(stored) for stored in store.newest()] == [b"Norland will help."]


def test_captures_as_a_table(load: Load, write: Write) -> None:
    table = captures_table(load(write("a.txt", "Norland will help.")).captures)
    assert table.columns == ["source", "url", "name", "media_type", "captured_at", "sha256", "modified_at"]
    assert table["captured_at"].to_list() == [NOW]


def test_samples_given_as_input_are_not_stored_a_second_time(store: CaptureStore, load: Load) -> None:
    samples = store.raw / "samples"
    samples.mkdir(parents=True)
    (samples / "a.md").write_text("---\nsource_url: https://www.state.gov/a\ntext_origin: summary\n---\nText")
    loaded = load(samples)
    assert [store.read(capture) for capture in loaded.captures] == [(samples / "a.md").read_bytes()]
    assert store.newest() == loaded.captures
    assert [path.name for path in samples.iterdir()] == ["a.md"]


def test_every_record_has_an_id_of_its_own(store: CaptureStore) -> None:
    addresses = ["https://www.state.gov/a", "https://www.state.gov/b"]
    store.add([(capture(b"one", url, source="state-department"), b"one") for url in addresses], NOW)
    (path,) = store.raw.glob("*/*.warc.gz")
    with path.open("rb") as file:
        ids = [record.rec_headers.get_header("WARC-Record-ID") for record in ArchiveIterator(file)]
    # Two documents, and before them the record that says what made the file.
    assert len(set(ids)) == len(ids) == 3
