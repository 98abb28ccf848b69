"""Tables that lie in files mapped into memory, whose pages the machine takes back when it needs room.

The tables of a book of a million statements do not fit into memory with all that is made of them. A file is uncompressed Arrow; it has no
name any more by the time that its table is used, so that it goes with the table, or with the process, however that ends. It lies where
temporary files do: `TMPDIR` names another folder, which is to be on a disk.
"""

from __future__ import annotations

from tempfile import NamedTemporaryFile, gettempdir
from typing import cast

import polars as pl
import pyarrow as pa

from pledgebook.releases.errors import ReleaseError


def mapped(rows: pl.LazyFrame) -> pl.DataFrame:
    """Return the rows as a table that takes no memory but for what is looked at. Raises ReleaseError when there is no room for it."""
    try:
        with NamedTemporaryFile(prefix="pledgebook-", suffix=".arrow") as file:
            rows.sink_ipc(file.name, compression="uncompressed", maintain_order=True)
            # Polars itself maps no file since 2.0. This way it takes columns of Arrow as they lie; `pl.DataFrame` would copy them.
            return cast(pl.DataFrame, pl.from_arrow(pa.ipc.open_file(pa.memory_map(file.name)).read_all()))
    except FileNotFoundError:
        # Of what is read, not of what is written.
        raise
    except OSError as error:
        raise ReleaseError(
            f"A table could not be copied to {gettempdir()}: {error}. Make room there, or name another folder in TMPDIR."
        ) from error
