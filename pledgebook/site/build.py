"""Build the site of a version: what needs other programs goes on beside the writing of the pages."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from pledgebook.releases.errors import ReleaseError
from pledgebook.site.actor_pages import write_actors
from pledgebook.site.commitment_pages import write_commitments, write_withdrawn
from pledgebook.site.document_pages import write_documents
from pledgebook.site.edition import edition
from pledgebook.site.explorer import NoNode, bundle, write_explorer
from pledgebook.site.notebook_pages import NOTEBOOKS, executed, write_notebook
from pledgebook.site.pages import Pages
from pledgebook.site.start_page import write_files, write_start
from pledgebook.site.statement_pages import write_statements

_WRITTEN_BY_PLEDGEBOOK = ".pledgebook-site"


@dataclass(frozen=True)
class Built:
    """A site that was built: its version, its pages, and what it lacks, in sentences."""

    version: str
    pages: int
    lacking: Sequence[str]


def build_site(to: str | Path, version: str = "latest", releases: str | Path | None = None) -> Built:
    """Build the site of a version in a folder, in the place of the site that was there.

    Raises UnknownVersion, ReleaseError; a folder that holds anything else is refused.
    """
    shown, folder = edition(version, releases), Path(to)
    _make_room(folder)
    pages = Pages(shown, folder)
    with ThreadPoolExecutor(3) as beside:
        script = beside.submit(bundle, pages.path("explorer/explorer.js").absolute())
        notebooks = [beside.submit(executed, path, shown.book.place.address) for path in NOTEBOOKS]
        _copy_assets(pages)
        write_files(shown, pages)
        write_statements(shown, pages)
        write_commitments(shown, pages)
        write_withdrawn(shown, pages)
        write_actors(shown, pages)
        write_documents(shown, pages)
        write_start(shown, pages)
        for path, notebook in zip(NOTEBOOKS, notebooks, strict=True):
            write_notebook(path, notebook.result(), pages)
        try:
            script.result()
            missing = None
        except NoNode as error:
            missing = str(error)
    write_explorer(shown, pages, missing)
    lacking = [f"The explorer is missing: {missing}."] if missing else []
    return Built(shown.book.entry.version, sum(1 for _ in folder.rglob("index.html")), lacking)


def _make_room(folder: Path) -> None:
    """Take away the site that was there. Raises ReleaseError for a folder that holds anything else."""
    mark = folder / _WRITTEN_BY_PLEDGEBOOK
    if folder.exists() and any(folder.iterdir()):
        if not mark.exists():
            raise ReleaseError(f"{folder} holds something that is no site of Pledgebook; name an empty folder.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.touch()


def _copy_assets(pages: Pages) -> None:
    with as_file(files("pledgebook.site") / "assets") as assets:
        for name in ("style.css", "icon.svg"):
            shutil.copyfile(assets / name, pages.path(f"assets/{name}"))
