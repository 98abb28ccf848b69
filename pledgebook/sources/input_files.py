"""Files, folders and globs, as a user names them, to the files they mean."""

from __future__ import annotations

import csv
import glob
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from pledgebook.sources.decoding import decode
from pledgebook.sources.errors import UnreadableDocument, WrongUse
from pledgebook.sources.moments import to_day

LIST = "index.csv"
_LIST_COLUMNS = {"file", "url"}


@dataclass(frozen=True)
class Listed:
    """What the `index.csv` of a folder says of one of its files."""

    url: str | None = None
    title: str | None = None
    day: date | None = None


@dataclass(frozen=True)
class InputFile:
    """A file to read. name: its path below the folder that was named, so that it does not tell where the folder lies."""

    path: Path
    name: str
    listed: Listed = Listed()


def input_files(paths: Iterable[str | Path]) -> list[InputFile]:
    """The files that `paths` (files, folders, globs) mean, each once, sorted by name.

    Raises WrongUse, naming the path, when there is no such file or folder or a glob matches nothing.
    """
    found = {file.path.absolute(): file for path in paths for file in _expand(str(path))}
    lists: dict[Path, dict[str, Listed]] = {}
    for folder in {path.parent for path in found}:
        lists[folder] = _read_list(folder / LIST)
    files = [InputFile(path, file.name, lists[path.parent].get(path.name, Listed())) for path, file in found.items()]
    return sorted((file for file in files if not _is_list(file, lists)), key=lambda file: (file.name, str(file.path)))


def _expand(path: str) -> Iterator[InputFile]:
    if Path(path).exists():
        return _below(Path(path))
    matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not matches:
        raise WrongUse(f"there is no file or folder {path}; check the spelling")
    return (file for match in matches for file in _below(Path(match)))


def _below(path: Path) -> Iterator[InputFile]:
    if not path.is_dir():
        yield InputFile(path, readable_name(path.name))
        return
    for file in sorted(path.rglob("*")):
        if file.is_file() or file.is_symlink():
            yield InputFile(file, readable_name(file.relative_to(path).as_posix()))


def readable_name(name: str) -> str:
    """A file's name with a question mark for each byte that is no UTF-8."""
    return name.encode(errors="replace").decode()


def _is_list(file: InputFile, lists: dict[Path, dict[str, Listed]]) -> bool:
    return file.path.name == LIST and bool(lists[file.path.parent])


def _read_list(path: Path) -> dict[str, Listed]:
    """The rows of an `index.csv` (columns file, url, optionally title, date); the last row of a file counts."""
    if not path.is_file():
        return {}
    try:
        rows = csv.DictReader(StringIO(decode(path.read_bytes()).text.removeprefix("\ufeff"), newline=""))
        return {row["file"]: _listed(row) for row in rows} if set(_header(rows)) >= _LIST_COLUMNS else {}
    except (UnreadableDocument, csv.Error):
        return {}


def _header(rows: csv.DictReader[str]) -> Sequence[str]:
    return rows.fieldnames or ()


def _listed(row: dict[str, str | None]) -> Listed:
    return Listed(row["url"] or None, row.get("title") or None, to_day(row.get("date")))
