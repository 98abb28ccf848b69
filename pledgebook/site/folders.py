"""The folder of a site: what is new takes the place of what was there only when it is whole, and nothing else is touched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pledgebook.releases.errors import ReleaseError, reason

# Names what a site has in its folder, a line each; other things there, as CNAME or .git, are somebody else's.
MARK, LOCK, NEW = ".pledgebook-site", ".pledgebook-site.lock", ".pledgebook-site.new"


@contextmanager
def new_site(folder: Path) -> Iterator[Path]:
    """An empty folder for a site that takes the place of the one in `folder` at the end, if nothing fails until then.

    Raises ReleaseError when the folder holds something that is no site, cannot be written, or when another site is being written there.
    """
    with ExitStack() as held:
        with _told(folder):
            _refuse_another_use(folder)
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(FileLock(folder / LOCK, blocking=False))
            fresh = folder / NEW
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            held.callback(shutil.rmtree, fresh, ignore_errors=True)
        yield fresh
        with _told(folder):
            _replace(folder, fresh)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except Timeout as error:
        raise ReleaseError(f"Another site is being written to {folder}; wait for it.") from error
    except OSError as error:
        raise ReleaseError(f"{folder} cannot be written: {reason(error)}.") from error


def _refuse_another_use(folder: Path) -> None:
    mine = {MARK, LOCK, NEW}
    if folder.exists() and not (folder / MARK).exists() and {path.name for path in folder.iterdir()} - mine:
        raise ReleaseError(f"{folder} holds something that is no site of Pledgebook; name an empty folder.")


def _replace(folder: Path, fresh: Path) -> None:
    """Put what is new in the place of what the last site had, and leave all else."""
    old, names = _marked(folder), sorted(path.name for path in fresh.iterdir())
    if taken := [name for name in names if name not in old and (folder / name).exists()]:
        raise ReleaseError(f"{folder / taken[0]} is no part of the site that is there; move it away.")
    # From here on both are the site's, whatever is killed.
    _mark(folder, sorted({*old, *names}))
    for name in old:
        _remove(folder / name)
    for name in names:
        (fresh / name).rename(folder / name)
    _mark(folder, names)


def _marked(folder: Path) -> list[str]:
    """The names in the mark; it may have come from elsewhere with the site, so that nothing outside of the folder counts."""
    mark = folder / MARK
    lines = mark.read_text("utf-8").splitlines() if mark.exists() else []
    return [name for name in lines if Path(name).name == name and name not in {"..", MARK, LOCK, NEW}]


def _mark(folder: Path, names: list[str]) -> None:
    beside = folder / NEW / MARK
    beside.write_text("\n".join(names), "utf-8")
    beside.replace(folder / MARK)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
