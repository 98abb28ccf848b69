"""Write the descriptions of a version that programs read; they name its files with their sums."""

from __future__ import annotations

from pathlib import Path

from pledgebook.releases.writing.croissant import croissant
from pledgebook.releases.writing.data_package import data_package
from pledgebook.releases.writing.files import Release, write_text


def write_descriptors(release: Release, folder: Path) -> None:
    """Write `datapackage.json` and `croissant.json` once tables, code lists and sample are there."""
    write_text(folder / "datapackage.json", data_package(release, folder))
    write_text(folder / "croissant.json", croissant(release, folder))
