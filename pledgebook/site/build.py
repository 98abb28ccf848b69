"""Build the site of a version: what needs other programs goes on beside the writing of the pages."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from pledgebook.site.actor_pages import write_actors
from pledgebook.site.commitment_pages import write_commitments, write_withdrawn
from pledgebook.site.document_pages import write_documents
from pledgebook.site.edition import Edition, edition
from pledgebook.site.explorer import NoNode, bundle, write_explorer
from pledgebook.site.folders import new_site
from pledgebook.site.notebook_pages import NOTEBOOKS, executed, write_notebook
from pledgebook.site.pages import Pages
from pledgebook.site.start_page import write_files, write_start
from pledgebook.site.statement_pages import write_statements


@dataclass(frozen=True)
class Built:
    """A site that was built: its version, its pages, and what it lacks, in sentences."""

    version: str
    pages: int
    lacking: Sequence[str]


def build_site(to: str | Path, version: str = "latest", releases: str | Path | None = None) -> Built:
    """Build the site of a version in a folder, in the place of the site that was there.

    Raises UnknownVersion, ReleaseError; a folder that holds anything else is refused. Until all is there, the site that was there stays.
    """
    shown = edition(version, releases)
    with new_site(Path(to)) as folder:
        lacking = _write(shown, folder)
        return Built(shown.book.entry.version, sum(1 for _ in folder.rglob("index.html")), lacking)


def _write(shown: Edition, folder: Path) -> list[str]:
    """Write all files of a site; return what it lacks."""
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
            write_notebook(path, notebook.result(), shown, pages)
        try:
            script.result()
            missing = None
        except NoNode as error:
            missing = str(error)
    write_explorer(shown, pages, missing)
    return [f"The explorer is missing: {missing}."] if missing else []


def _copy_assets(pages: Pages) -> None:
    with as_file(files("pledgebook.site") / "assets") as assets:
        for name in ("style.css", "icon.svg"):
            shutil.copyfile(assets / name, pages.path(f"assets/{name}"))
