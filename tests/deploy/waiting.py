"""A flow that a test can hold: it begins, and ends when it is let go."""

from __future__ import annotations

import time
from pathlib import Path

from prefect import flow


@flow(name="waiting")
def waiting(folder: str) -> None:
    """Leave a file `began`, and end as soon as a file `go` is there."""
    (Path(folder) / "began").touch()
    while not (Path(folder) / "go").exists():
        time.sleep(0.05)
