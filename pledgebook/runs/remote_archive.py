"""A raw archive in an object store, and its working copy in a folder of this machine.

Under its address lie the WARC files and the samples, as in a folder, and besides
archive.json     which copies of the databases count; replaced last, and only in the place of the one that was read
.databases/      copies of the index and of the state of the crawls, named by their sums and never changed

WARC files go up before the index that names them. Those that no index names, since a run was killed in between, are fetched by the next run
and made known, as in a folder.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pledgebook.releases.errors import PlaceBusy
from pledgebook.releases.places.bucket import Changed, StoreFailed, store_errors
from pledgebook.runs.archive_bucket import ArchiveBucket, database_copy, sum_of
from pledgebook.sources.errors import ArchiveFailed
from pledgebook.sources.record_files import ORIGIN
from pledgebook.sources.registry import SAMPLES
from pledgebook.sources.store import CaptureStore

STATE, DATABASES = "archive.json", ".databases"
_NAMES = ("index.sqlite", "crawl.sqlite")
_BASIS, _COPIES = ".basis.json", ".copies"


class RemoteArchive:
    """The archive at an s3:// address, and the folder that is its working copy."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder
        self._bucket = ArchiveBucket(address)
        self._databases: dict[str, str] = {}
        self._tag: str | None = None
        self._seen: set[str] = set()

    def receive(self) -> None:
        """Bring the working copy up to date: databases, samples, and WARC files that the index does not know. Raises ArchiveFailed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._told():
            sizes = self._bucket.sizes()
            self._seen = {name for name in sizes if name.startswith(f"{DATABASES}/")}
            names = [name for name in sizes if lies_in_folder(name, ".warc.gz")]
            (self.folder / ORIGIN).write_text("\n".join([self.address, *names]), "utf-8")
            self._read_state(sizes)
            # What a run that was killed left here is ahead of the archive, as long as nobody else has changed that.
            if self._basis() != self._databases:
                self._receive_databases()
            self._receive_samples(sizes)
            self._receive_unknown(sizes)

    def send_files(self) -> None:
        """Send WARC files that the archive does not have, so that other machines read them. Raises ArchiveFailed."""
        with self._told():
            sizes = self._bucket.sizes()
            for path in sorted(self.folder.glob("*/*.warc.gz")):
                name, size = path.relative_to(self.folder).as_posix(), path.stat().st_size
                if sizes.get(name, size) != size:
                    raise ArchiveFailed(f"{self.address}/{name} is there already, with other content than {path}")
                if name not in sizes:
                    self._bucket.send(path, name)

    def send_databases(self) -> dict[str, str]:
        """Send copies of the databases that the archive does not have; return where each of them lies. Raises ArchiveFailed, StorageFull."""
        placed = {}
        copies = self.folder / _COPIES
        # A run that was killed left its own.
        shutil.rmtree(copies, ignore_errors=True)
        with self._told():
            for name in _NAMES:
                if (self.folder / name).exists():
                    copy = database_copy(self.folder / name, copies / name)
                    placed[name] = f"{DATABASES}/{copy.stem}-{sum_of(copy)[:32]}.sqlite"
                    if self._bucket.size(placed[name]) is None:
                        self._bucket.send(copy, placed[name])
        shutil.rmtree(copies, ignore_errors=True)
        return placed

    def commit(self, databases: dict[str, str]) -> None:
        """Let these copies of the databases count, and take away those that this run found and that do not. Raises ArchiveFailed, PlaceBusy."""
        with self._told():
            if databases != self._databases or self._tag is None:
                self._write_state(databases)
                # Only now is it sure that none of them is named by a run that took over meanwhile; those that came later may be its own.
                self._bucket.delete(sorted(self._seen - set(databases.values())))
            (self.folder / _BASIS).write_text(json.dumps(databases), "utf-8")
            self._drop_known()

    def _read_state(self, sizes: dict[str, int]) -> None:
        try:
            stored = self._bucket.get(STATE)
        except FileNotFoundError:
            # An archive that was copied from a folder has its databases where the folder has them.
            self._databases, self._tag = {name: name for name in _NAMES if name in sizes}, None
        else:
            self._databases, self._tag = json.loads(stored.content)["databases"], stored.tag

    def _write_state(self, databases: dict[str, str]) -> None:
        content = json.dumps({"format": 1, "databases": databases}, indent=2).encode()
        try:
            if self._tag is None:
                self._tag = self._bucket.create(STATE, content)
            else:
                self._tag = self._bucket.update(STATE, content, self._tag)
        except Changed as error:
            raise PlaceBusy(f"Another run has changed {self.address} meanwhile; run again.") from error
        self._databases = databases

    def _basis(self) -> dict[str, str] | None:
        """The databases of the archive from which those of the working copy came."""
        path = self.folder / _BASIS
        return dict(json.loads(path.read_bytes())) if path.exists() else None

    def _receive_databases(self) -> None:
        (self.folder / _BASIS).unlink(missing_ok=True)
        for name in _NAMES:
            # SQLite would play the journal of the old database into the new one.
            for old in self.folder.glob(f"{name}*"):
                old.unlink()
            if name in self._databases:
                self._bucket.receive(self._databases[name], self.folder / name)
        (self.folder / _BASIS).write_text(json.dumps(self._databases), "utf-8")

    def _receive_samples(self, sizes: dict[str, int]) -> None:
        held = {path.relative_to(self.folder).as_posix() for path in self.folder.glob(f"{SAMPLES}/*.md")}
        there = {name for name in sizes if name.startswith(f"{SAMPLES}/") and lies_in_folder(name, ".md")}
        for name in held - there:
            (self.folder / name).unlink()
        for name in there:
            self._bucket.receive(name, self.folder / name)

    def _receive_unknown(self, sizes: dict[str, int]) -> None:
        """Fetch the WARC files that the index does not know, and make known what lies in the working copy."""
        with closing(CaptureStore(self.folder)) as store:
            unknown = [
                name
                for name, size in sizes.items()
                if lies_in_folder(name, ".warc.gz") and store.index.size(name) < size
            ]
        for name in unknown:
            self._bucket.receive(name, self.folder / name)
        with closing(CaptureStore(self.folder)) as store:
            store.index  # noqa: B018  # it takes up what it does not know when it is opened

    def _drop_known(self) -> None:
        """Take WARC files that the archive has out of the working copy, which is to stay small."""
        sizes = self._bucket.sizes()
        with closing(CaptureStore(self.folder)) as store:
            for path in self.folder.glob("*/*.warc.gz"):
                name = path.relative_to(self.folder).as_posix()
                if sizes.get(name) == path.stat().st_size == store.index.size(name):
                    path.unlink()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            with store_errors():
                yield
        except FileNotFoundError as error:
            # The store's own has no number; one of this machine's is no word about the archive.
            if error.errno is not None:
                raise
            raise ArchiveFailed(f"the raw archive {self.address} has changed meanwhile ({error}); run again") from error
        except StoreFailed as error:
            raise ArchiveFailed(
                f"the raw archive {self.address} cannot be read or written: {error}; what was fetched or loaded is kept in {self.folder}, "
                "run again to go on"
            ) from error


def lies_in_folder(name: str, ending: str) -> bool:
    """Whether an object has this ending and lies, as all documents of an archive, in a folder at its top."""
    return name.endswith(ending) and name.count("/") == 1


def exists_remotely(address: str) -> bool:
    """Whether there is anything at an s3:// address. Raises WrongUse when it is none, ArchiveFailed when the store cannot be reached."""
    try:
        return bool(ArchiveBucket(address).folders())
    except StoreFailed as error:
        raise ArchiveFailed(f"the raw archive {address} cannot be read: {error}") from error
