"""The raw archive in an object store: what is stored there is there for every machine, whatever is killed when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import obstore
import polars as pl
import pytest
from object_store import served
from running import NOW

from pledgebook.releases.errors import PlaceBusy
from pledgebook.releases.places import claim
from pledgebook.runs.archive_bucket import ArchiveBucket
from pledgebook.runs.archive_claim import ArchiveClaim
from pledgebook.runs.selection import Selection, refuse_wrong_use
from pledgebook.runs.steps import scan
from pledgebook.runs.work_area import work_area
from pledgebook.runs.working_copy import cached, trial_copy, working_copy
from pledgebook.sources.errors import ArchiveFailed, WrongUse
from pledgebook.sources.fetching.backfills import Backfill
from pledgebook.sources.fetching.fetch import backfill_table, unfinished_backfills
from pledgebook.sources.loading import load_documents
from pledgebook.sources.record_files import RecordFiles
from pledgebook.sources.store import CaptureStore

TEXT = "---\ntitle: Call {0}\ndate: 2021-06-08\nissuer: USA\n---\nThe United States will send {0} ships.\n"


class Killed(BaseException):
    """What happens to a process, as far as it can be done to a test: nothing that follows reaches the store."""


@pytest.fixture(scope="module", autouse=True)
def store() -> Iterator[None]:
    with served():
        yield


@pytest.fixture
def raw(request: pytest.FixtureRequest) -> str:
    return f"s3://bucket/{sha256(request.node.name.encode()).hexdigest()}"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets this process be another machine, as far as its disk goes."""

    def become(name: str) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name))

    become("one")
    return become


def store_documents(
    raw: str, folder: Path, *numbers: int, now: datetime = NOW, stored: list[str] | None = None
) -> None:
    """What a run does: load documents of these numbers; `stored` gets the names of those that came on its disk."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.md" for number in numbers]
    for number, path in zip(numbers, paths, strict=True):
        path.write_text(TEXT.format(number), "utf-8")
    with working_copy(raw) as archive, closing(CaptureStore(archive)) as store:
        load_documents(paths, store, now)
        if stored is not None:
            stored += [path.name for path in paths]


def held(raw: str) -> list[str]:
    """The names of the documents that a run finds, each as often as it is stored; each is read as another machine reads it."""
    with working_copy(raw) as archive, closing(CaptureStore(archive)) as store:
        captures = store.captures()
    with closing(RecordFiles(raw)) as files:
        for capture in captures:
            assert TEXT.format(capture.name.removesuffix(".md")).encode() == files.content(capture)
    return sorted(capture.name for capture in captures)


def test_what_one_machine_stores_another_finds(raw: str, tmp_path: Path, machine: Callable[[str], None]) -> None:
    store_documents(raw, tmp_path / "documents", 1, 2)
    machine("other")
    assert held(raw) == ["1.md", "2.md"]
    store_documents(raw, tmp_path / "documents", 2, 3, now=NOW + timedelta(days=1))
    for name in ("one", "other"):
        machine(name)
        assert held(raw) == ["1.md", "2.md", "3.md"]
        assert not list(cached(raw).glob("*/*.warc.gz")), "single records are read where they lie"


def test_what_one_machine_has_begun_to_fetch_another_knows(raw: str, machine: Callable[[str], None]) -> None:
    wanted = Backfill("white-house", date(2021, 1, 1), date(2021, 3, 31))
    with working_copy(raw) as archive, backfill_table(archive) as table:
        table.begin(wanted)
    machine("other")
    with working_copy(raw) as archive, backfill_table(archive) as table:
        assert unfinished_backfills(archive) == (wanted,)
        table.complete(wanted)
    machine("one")
    with working_copy(raw) as archive:
        assert unfinished_backfills(archive) == ()


def test_records_that_lie_together_come_with_a_few_requests(
    raw: str, tmp_path: Path, machine: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = Random(7)
    contents = {f"{number}.md": TEXT.format(noise.randbytes(20_000).hex()).encode() for number in range(20)}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    with working_copy(raw) as archive, closing(CaptureStore(archive)) as store:
        captures = load_documents([tmp_path / name for name in contents], store, NOW).captures
    asked: list[str] = []
    get = obstore.get
    monkeypatch.setattr(obstore, "get", lambda *given, **options: asked.append(given[1]) or get(*given, **options))
    with closing(RecordFiles(raw)) as files:
        assert {capture.name: files.content(capture) for capture in reversed(captures)} == contents
    assert 1 < len(asked) < 5


def die_after(writes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no more than so many writes reach the store, then nothing at all."""
    left = [writes]

    def dying(request: Callable[..., Any], cost: int) -> Callable[..., Any]:
        def asked(*arguments: Any, **options: Any) -> Any:
            left[0] -= cost
            if left[0] < 0:
                raise Killed
            return request(*arguments, **options)

        return asked

    for name, cost in {"put": 1, "delete": 1, "get": 0, "head": 0, "list": 0}.items():
        monkeypatch.setattr(obstore, name, dying(getattr(obstore, name), cost))


@pytest.mark.parametrize("next_machine", ["one", "other"])
def test_whenever_a_run_is_killed_the_next_one_finds_a_whole_archive(
    raw: str, next_machine: str, tmp_path: Path, machine: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before each of its writes in turn; the next run is on the same machine, or long afterwards on another."""
    monkeypatch.setattr(claim, "LEASE", timedelta(0))
    found: set[str] = set()
    kept: list[str] = []
    for writes in range(20):
        machine("one")
        with monkeypatch.context() as patched, suppress(Killed):
            die_after(writes, patched)
            store_documents(raw, tmp_path / "documents", writes, now=NOW + timedelta(days=writes), stored=kept)
            break
        machine(next_machine)
        before, names = found, held(raw)
        found = set(names)
        assert len(names) == len(found)
        assert before <= found <= set(kept)
        # What did not go up any more is on the disk of its machine.
        assert next_machine == "other" or found == set(kept)
    assert writes > 5, "there were moments to be killed at"
    assert held(raw) == sorted(kept)


def test_of_two_runs_one_waits(raw: str, tmp_path: Path, machine: Callable[[str], None]) -> None:
    with working_copy(raw):
        with pytest.raises(PlaceBusy, match=f"Another run is at work on {raw}"), working_copy(raw):
            pass
        machine("other")
        with pytest.raises(PlaceBusy, match="its claim can be taken over after"), working_copy(raw):
            pass
    assert held(raw) == []


@pytest.mark.parametrize("moment", ["before its last look at the claim", "after it"])
def test_a_run_that_was_thought_dead_changes_nothing(
    raw: str, moment: str, tmp_path: Path, machine: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile() -> None:
        machine("other")
        with monkeypatch.context() as later:
            later.setattr(claim, "LEASE", timedelta(0))
            later.setattr(ArchiveClaim, "confirm", confirm)
            store_documents(raw, tmp_path / "documents", 2, now=NOW + timedelta(days=2))

    def confirm_too_early(held: ArchiveClaim) -> None:
        confirm(held)
        meanwhile()

    confirm = ArchiveClaim.confirm
    store_documents(raw, tmp_path / "documents", 0)
    with pytest.raises(PlaceBusy), working_copy(raw) as archive, closing(CaptureStore(archive)) as store:
        (tmp_path / "late.md").write_text(TEXT.format("late"), "utf-8")
        load_documents([tmp_path / "late.md"], store, NOW + timedelta(days=1))
        if moment == "after it":
            monkeypatch.setattr(ArchiveClaim, "confirm", confirm_too_early)
        else:
            meanwhile()
    machine("third")
    assert held(raw) == ["0.md", "2.md", "late.md"], "what it had sent is no state of the archive, but no loss either"


def test_a_run_that_was_thought_dead_and_stored_nothing_leaves_the_other_its_databases(
    raw: str, tmp_path: Path, machine: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def confirm_too_early(held: ArchiveClaim) -> None:
        confirm(held)
        machine("other")
        with monkeypatch.context() as later:
            later.setattr(claim, "LEASE", timedelta(0))
            later.setattr(ArchiveClaim, "confirm", confirm)
            store_documents(raw, tmp_path / "documents", 1, now=NOW + timedelta(days=1))

    confirm = ArchiveClaim.confirm
    store_documents(raw, tmp_path / "documents", 0)
    with working_copy(raw):
        monkeypatch.setattr(ArchiveClaim, "confirm", confirm_too_early)
    monkeypatch.setattr(ArchiveClaim, "confirm", confirm)
    machine("third")
    assert held(raw) == ["0.md", "1.md"]


def test_a_run_that_fails_tells_why_and_sends_what_goes(
    raw: str, tmp_path: Path, machine: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise ArchiveFailed("nothing goes up")

    def failing(number: int) -> None:
        (tmp_path / f"{number}.md").write_text(TEXT.format(number), "utf-8")
        with (
            pytest.raises(WrongUse, match="the run's own"),
            working_copy(raw) as archive,
            closing(CaptureStore(archive)) as store,
        ):
            load_documents([tmp_path / f"{number}.md"], store, NOW)
            raise WrongUse("the run's own")

    failing(1)
    with monkeypatch.context() as patched:
        patched.setattr(ArchiveBucket, "send", refused)
        failing(2)
    machine("other")
    assert held(raw) == ["1.md"]


@pytest.mark.parametrize("kind", ["folder", "object store"])
def test_tables_that_another_run_published_and_removed_are_told_as_such(raw: str, kind: str, tmp_path: Path) -> None:
    place = raw if kind == "object store" else str(tmp_path)
    with (
        pytest.raises(PlaceBusy, match=r"Another run has published .*; run again"),
        work_area(place, dry_run=False) as area,
    ):
        area.write("batch/found", pl.DataFrame({"number": [1]}))
        (table,) = scan(area, ["batch/found"])
        with work_area(place, dry_run=False) as others:
            others.remove("batch")
        table.collect()
        area.read("batch/found")


def test_a_dry_run_leaves_the_store_as_it_is(raw: str, tmp_path: Path, machine: Callable[[str], None]) -> None:
    store_documents(raw, tmp_path / "documents", 1)
    before = ArchiveBucket(raw).sizes()
    machine("other")
    (tmp_path / "new.md").write_text(TEXT.format("new"), "utf-8")
    with trial_copy(raw) as archive, closing(CaptureStore(archive)) as store:
        load_documents([tmp_path / "new.md"], store, NOW)
        assert [store.read(capture) for capture in store.captures() if capture.name == "1.md"] == [
            TEXT.format(1).encode()
        ]
        assert {capture.name for capture in store.captures()} == {"1.md", "new.md"}
    assert ArchiveBucket(raw).sizes() == before


def test_a_folder_that_was_copied_there_is_an_archive(raw: str, tmp_path: Path, machine: Callable[[str], None]) -> None:
    (tmp_path / "1.md").write_text(TEXT.format(1), "utf-8")
    with closing(CaptureStore(tmp_path / "raw")) as folder:
        load_documents([tmp_path / "1.md"], folder, NOW)
    (tmp_path / "raw" / "samples").mkdir()
    (tmp_path / "raw" / "samples" / "2.md").write_text(TEXT.format(2), "utf-8")
    for path in (tmp_path / "raw").rglob("*"):
        if path.is_file():
            ArchiveBucket(raw).send(path, path.relative_to(tmp_path / "raw").as_posix())
    for name in ("stray.warc.gz", "backup/of/stray.warc.gz", "samples/old/2.md"):
        ArchiveBucket(raw).overwrite(name, b"what else lies there is none of the archive's")
    assert held(raw) == ["1.md", "2.md"]


def test_what_cannot_be_reached_is_told_with_its_address(raw: str, machine: Callable[[str], None]) -> None:
    with pytest.raises(WrongUse, match=f"there is nothing at {raw}"):
        refuse_wrong_use(Selection(), [], raw)
    nowhere = raw.replace("bucket", "no-such-bucket")
    with (
        pytest.raises(ArchiveFailed, match=f"{nowhere} cannot be written: there is no such bucket"),
        working_copy(nowhere),
    ):
        pass
