"""A second view of the raw archive, for a dry run: it reads what a run would read, and what it stores leaves no trace."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def trial_archive(raw: Path) -> Iterator[Path]:
    """The folder of a temporary archive that holds all that `raw` holds; what is stored in it goes with it, and `raw` stays as it is.

    A document may have earlier copies, which decide with it what the statement says, so that an empty archive would read otherwise.
    """
    with TemporaryDirectory(prefix="pledgebook-") as folder:
        trial = Path(folder)
        for file in [*raw.glob("*/*.warc.gz"), *raw.glob("*/*.md")]:
            link = trial / file.relative_to(raw)
            link.parent.mkdir(exist_ok=True)
            # Files are only ever added to an archive, so that a link is as good as a copy.
            link.symlink_to(file.resolve())
        for database in raw.glob("*.sqlite"):
            _copy(database, trial / database.name)
        yield trial


def _copy(database: Path, target: Path) -> None:
    """Copies a database as it stands, even while a run writes to it."""
    try:
        with (
            closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as held,
            closing(sqlite3.connect(target)) as copy,
        ):
            held.backup(copy)
    except sqlite3.DatabaseError:
        # Broken, or left in the middle by a run that was killed: taken as it lies, and mended in the trial as it would be in place.
        for file in database.parent.glob(f"{database.name}*"):
            shutil.copy(file, target.with_name(file.name))
