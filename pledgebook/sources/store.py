"""The raw archive: append-only, content-addressed, WARC files of its own for each run and source.

Layout below the raw folder: `<source>/<source>-<time of the run>-<number>.warc.gz`, `index.sqlite`, and `samples/*.md`,
which are read where they lie. A process killed in the middle leaves records that the index does not name yet, and perhaps a torn
one: the next that opens the archive makes the whole ones known and cuts the torn one off.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from heapq import merge
from pathlib import Path

from filelock import FileLock

from pledgebook.sources.answers import Answer
from pledgebook.sources.capture_index import CaptureIndex, is_sound
from pledgebook.sources.captures import Capture, newest_captures
from pledgebook.sources.errors import WrongUse
from pledgebook.sources.reading import sample_captures
from pledgebook.sources.record_files import RecordFiles
from pledgebook.sources.recovery import make_known
from pledgebook.sources.registry import SAMPLES
from pledgebook.sources.warc_files import record_bytes
from pledgebook.sources.warc_writer import WarcWriter, clear_message_when_full

_LOGGER = logging.getLogger(__name__)
_INDEX = "index.sqlite"
_BATCH = 500


class CaptureStore:
    """The captures below a raw folder (made when missing)."""

    def __init__(self, raw: str | Path) -> None:
        """Opens the archive in `raw`; raises WrongUse when that is a file, StorageFull when it cannot be made."""
        self.raw = Path(raw)
        if self.raw.exists() and not self.raw.is_dir():
            raise WrongUse(f"{self.raw} is a file; name a folder for the captures")
        self._files = RecordFiles(raw)

    def add(self, captures: Iterable[tuple[Capture, bytes]], now: datetime) -> list[Capture]:
        """Stores captures that differ from what was last stored of their address and name; returns all of them, as they are stored. `now` names the files of this run.

        A page that is again what it was before its last edit is stored again, because its newest capture counts. Raises StorageFull, naming the file, when the disk is full; what was stored before stays.
        """
        with self.session(now) as session:
            return [session.add(capture, content) for capture, content in captures]

    @contextmanager
    def session(self, now: datetime) -> Iterator[Session]:
        """A run's additions, all of which are known once it is over; see `add`."""
        session = Session(self.raw, self.index, self._samples(), now)
        try:
            yield session
        finally:
            session.close()

    def captures(self) -> list[Capture]:
        """All captures of the archive and the samples, sorted by address and content."""
        stored = self.index.all() if self._exists() else []
        return stored + self._samples()

    def by_address(self) -> Iterator[tuple[str, Capture]]:
        """All captures and samples, each with its address, those of one address together, in the order in which they were stored."""
        stored = self.index.by_address() if self._exists() else iter(())
        samples = sorted(((sample.address, sample) for sample in self._samples()), key=lambda pair: pair[0])
        return merge(stored, samples, key=lambda pair: pair[0])

    def missed(self) -> dict[str, int]:
        """How often each document was visited that was ever not found, by address."""
        return self.index.answers.missed() if self._exists() else {}

    def newest(self, sources: Collection[str] | None = None) -> list[Capture]:
        """The newest capture of each address, samples apart from official texts, of the named sources or of all."""
        return newest_captures(capture for capture in self.captures() if sources is None or capture.source in sources)

    def copies(self, address: str) -> list[Capture]:
        """All copies of an official document that the archive holds, in the order in which they were captured."""
        stored = self.index.of_address(address) if self._exists() else []
        return [copy for copy in stored if copy.source != SAMPLES]

    def summaries(self, addresses: Collection[str]) -> list[Capture]:
        """All samples of the archive that summarise one of these addresses."""
        stored = [copy for address in addresses for copy in self.index.of_address(address)] if self._exists() else []
        bundled = [sample for sample in self._samples() if sample.address in addresses]
        return [copy for copy in stored if copy.source == SAMPLES] + bundled

    def answers(self, address: str) -> list[Answer]:
        """What a document's address answered each time that it was visited, in the order of time."""
        return self.index.answers.of_document(address) if self._exists() else []

    def read(self, capture: Capture) -> bytes:
        """The bytes of a capture of this archive."""
        return self._files.content(capture)

    def read_at(self, file: str, offset: int) -> bytes:
        """The content of the record of a file at an offset."""
        return self._files.read_at(file, offset)

    def close(self) -> None:
        """Closes the files that reading and writing opened; the next use opens them again."""
        self._files.close()
        if "index" in self.__dict__:
            self.index.close()
            del self.index

    def _samples(self) -> list[Capture]:
        return sample_captures(self.raw / SAMPLES, self.raw)

    def _exists(self) -> bool:
        return (self.raw / _INDEX).exists() or any(self._warc_files())

    def _warc_files(self) -> Sequence[Path]:
        return sorted(self.raw.glob("*/*.warc.gz"))

    @cached_property
    def index(self) -> CaptureIndex:
        """The index, made again from the WARC files when it is missing, broken or of an older form."""
        path = self.raw / _INDEX
        with clear_message_when_full(self.raw):
            self.raw.mkdir(parents=True, exist_ok=True)
            # Runs that begin together must not make it together.
            with FileLock(path.with_name(f".{path.name}.lock")):
                if not path.exists():
                    self._make_index(path)
                elif not is_sound(path):
                    _LOGGER.warning("%s is broken, or of an older form, and is made again from the WARC files", path)
                    self._make_index(path)
                index = CaptureIndex(path)
                make_known(self.raw, index)
            return index

    def _make_index(self, path: Path) -> None:
        """Put in place in one step, so that a process killed in the middle leaves no index that looks whole."""
        beside = path.with_name(f".{path.name}.new")
        beside.unlink(missing_ok=True)
        index = CaptureIndex(beside)
        make_known(self.raw, index)
        index.close()
        # SQLite would play the journal of the index that goes into the one that comes.
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        beside.replace(path)


class Session:
    """One run's additions: a WARC file for each source, made known to the index batch by batch."""

    def __init__(self, raw: Path, index: CaptureIndex, samples: Iterable[Capture], now: datetime) -> None:
        self._raw = raw
        self._index = index
        self._samples = {sample.sha256: sample for sample in samples}
        self._now = now
        self._writers: dict[str, WarcWriter] = {}
        self._stored: dict[tuple[str, str, str], list[Capture]] = {}
        self._batch: list[Capture] = []
        self._loads: dict[bytes, Capture] = {}

    def loaded(self, basis: bytes) -> Capture | None:
        """The capture that came of a document loaded on this basis, where `add` would return it again."""
        copy = self._index.loaded(basis)
        return copy if copy and not self._stored.get(_named(copy)) else None

    def add(self, capture: Capture, content: bytes, basis: bytes | None = None) -> Capture:
        """Stores a capture unless it says what is stored; returns what is stored. `basis`: told of it when the same is loaded again."""
        stored = self._add(capture, content)
        # Which summaries are bundled may change, so that these are always read.
        if basis and stored.source != SAMPLES:
            self._loads[basis] = stored
        if max(len(self._batch), len(self._loads)) >= _BATCH:
            self._commit()
        return stored

    def _add(self, capture: Capture, content: bytes) -> Capture:
        if capture.source == SAMPLES and capture.sha256 in self._samples:
            return self._samples[capture.sha256]
        # Folders given together may hold files of one name and address, so that a run may store several.
        copies = self._stored.setdefault(_named(capture), [])
        known = next((copy for copy in copies or self._index.last(capture) if _says_the_same(copy, capture)), None)
        if known:
            return known
        if capture.source not in self._writers:
            self._writers[capture.source] = WarcWriter(self._raw, capture.source, self._now)
        file, offset = self._writers[capture.source].append(record_bytes(capture, content))
        stored = replace(capture, file=file, offset=offset)
        copies.append(stored)
        self._batch.append(stored)
        return stored

    def close(self) -> None:
        """Makes known what was added, and closes the files."""
        try:
            self._commit()
        finally:
            for writer in self._writers.values():
                writer.close()

    def _commit(self) -> None:
        with clear_message_when_full(self._raw / _INDEX):
            for writer in self._writers.values():
                writer.sync()
            sizes = {writer.name: writer.size for writer in self._writers.values()}
            self._index.add(self._batch, sizes, loads=self._loads)
        self._batch.clear()
        self._loads.clear()


def _named(capture: Capture) -> tuple[str, str, str]:
    """What copies have in common that take each other's place."""
    return capture.source, capture.address, capture.name


def _says_the_same(one: Capture, other: Capture) -> bool:
    """Whether bytes agree, and title and day of the list beside the file."""
    return (one.sha256, one.title, one.day) == (other.sha256, other.title, other.day)
