"""A flow that begins, and does not end by itself."""

from __future__ import annotations

import time
from pathlib import Path

from prefect import flow


@flow(name="waiting")
def waiting(folder: str) -> None:
    """Leave a file `began`, and wait to be stopped."""
    (Path(folder) / "began").touch()
    while True:
        time.sleep(0.05)
