"""The folder in which a run works on the raw archive: the archive itself, or the working copy of one in an object store.

A working copy lies in the user's cache folder and stays there, so that a run which was killed goes on with what it had fetched.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout

from pledgebook.releases.errors import PlaceBusy
from pledgebook.runs.archive_claim import ArchiveClaim, claimed, token_of
from pledgebook.runs.remote_archive import RemoteArchive
from pledgebook.sources.record_files import is_remote, origin_of
from pledgebook.sources.trial_archive import trial_archive

_LOCK = ".lock"
_LOGGER = logging.getLogger(__name__)


@contextmanager
def working_copy(raw: str) -> Iterator[Path]:
    """The folder of the archive at `raw`. One in an object store is claimed until the end, when it gets what the run stored, however that went.

    Raises PlaceBusy when another run works on it, ArchiveFailed when the store cannot be reached.
    """
    if not is_remote(raw):
        yield Path(raw)
        return
    address = raw.rstrip("/")
    archive = RemoteArchive(address, cached(address))
    with alone(archive.folder, address), claimed(address, token_of(archive.folder)) as claim:
        archive.receive()
        try:
            yield archive.folder
        except BaseException:
            # Why the run failed counts more than why the archive did not get what it stored.
            try:
                _send(archive, claim)
            except Exception as error:
                _LOGGER.warning("what the run stored before it failed is kept in %s: %s", archive.folder, error)
            raise
        _send(archive, claim)


def _send(archive: RemoteArchive, claim: ArchiveClaim) -> None:
    archive.send_files()
    databases = archive.send_databases()
    claim.confirm()
    archive.commit(databases)


@contextmanager
def trial_copy(raw: str) -> Iterator[Path]:
    """A folder with all that the archive at `raw` holds, for a dry run: what is stored in it goes with it. Raises ArchiveFailed."""
    if not is_remote(raw):
        with trial_archive(Path(raw)) as trial:
            yield trial
        return
    with TemporaryDirectory(prefix="pledgebook-") as folder:
        RemoteArchive(raw.rstrip("/"), Path(folder)).receive()
        yield Path(folder)


def shared(folder: Path) -> str:
    """Where other machines read the archive that a run works on in a folder; what is new has gone up before. Raises ArchiveFailed."""
    address = origin_of(folder)
    if address is None:
        return str(folder.absolute())
    RemoteArchive(address, folder).send_files()
    return address


def cached(address: str) -> Path:
    """The folder of the working copy of an archive."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return cache / "pledgebook" / f"raw-{hashlib.sha256(address.encode()).hexdigest()[:16]}"


@contextmanager
def alone(folder: Path, address: str) -> Iterator[None]:
    """Keep other runs on this machine from a working copy. Raises PlaceBusy."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / _LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise PlaceBusy(f"Another run is at work on {address}; run again when it has finished.") from error
    try:
        yield
    finally:
        lock.release()
