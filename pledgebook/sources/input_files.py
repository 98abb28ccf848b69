"""Files, folders and globs, as a user names them, to the files they mean."""

from __future__ import annotations

import csv
import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import NamedTuple

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
    found = {(file.folder, file.file_name): file.name for path in paths for file in _expand(str(path))}
    lists = {folder: _read_list(Path(folder, LIST)) for folder in {folder for folder, _ in found}}
    files = [
        InputFile(Path(f"{folder}/{file_name}"), name, lists[folder].get(file_name, Listed()))
        for (folder, file_name), name in found.items()
        if file_name != LIST or not lists[folder]
    ]
    return sorted(files, key=lambda file: (file.name, str(file.path)))


class _Found(NamedTuple):
    """A file that was found: the absolute path of its folder, its own name, and the one that it is known by."""

    folder: str
    file_name: str
    name: str


def _expand(path: str) -> Iterator[_Found]:
    if Path(path).exists():
        return _below(Path(path).absolute())
    matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not matches:
        raise WrongUse(f"there is no file or folder {path}; check the spelling")
    return (file for match in matches for file in _below(Path(match).absolute()))


def _below(path: Path) -> Iterator[_Found]:
    if path.is_dir():
        return _in_folder(str(path), "")
    return iter([_Found(str(path.parent), path.name, readable_name(path.name))])


def _in_folder(folder: str, prefix: str) -> Iterator[_Found]:
    """The files and links below a folder, `prefix` before their names. A folder that may not be read is passed over."""
    with suppress(PermissionError):
        # Tells the kind of each entry with its name, so that thousands of files need not be asked one by one.
        for entry in list(os.scandir(folder)):
            if entry.is_symlink() or entry.is_file():
                yield _Found(folder, entry.name, readable_name(f"{prefix}{entry.name}"))
            elif entry.is_dir():
                yield from _in_folder(entry.path, f"{prefix}{entry.name}/")


def readable_name(name: str) -> str:
    """A file's name with a question mark for each byte that is no UTF-8."""
    return name.encode(errors="replace").decode()


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
