"""Takes up what a run that was killed had written but not made known, and cuts off a record that was torn."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

from pledgebook.sources.capture_index import CaptureIndex
from pledgebook.sources.warc_files import records_in
from pledgebook.sources.warc_members import end_of_whole_records
from pledgebook.sources.warc_writer import is_being_written

_LOGGER = logging.getLogger(__name__)


def make_known(raw: Path, index: CaptureIndex) -> None:
    """Adds to the index what the WARC files hold beyond it. Files that a running process writes to are left alone."""
    for path in sorted(raw.glob("*/*.warc.gz")):
        known = index.size(path.relative_to(raw).as_posix())
        if path.stat().st_size > known:
            _recover(path, raw, index, known)


def _recover(path: Path, raw: Path, index: CaptureIndex, known: int) -> None:
    with path.open("r+b") as file:
        if is_being_written(file):
            return
        end = end_of_whole_records(path, known)
        size = path.stat().st_size
        if end < size:
            if path.is_symlink():
                _put_copy_in_place(path)
            _LOGGER.warning(
                "%s: its last record is torn (%d bytes) and was cut off; what it held is fetched or loaded again",
                path,
                size - end,
            )
            os.truncate(path, end)
        captures, answers = records_in(path, raw, known, end)
        index.add(captures, {path.relative_to(raw).as_posix(): end}, answers)


def _put_copy_in_place(link: Path) -> None:
    """A dry run sees the files of an archive through links, and mends nothing behind them."""
    file = link.resolve()
    link.unlink()
    shutil.copy(file, link)
