"""The notebooks, run on the place whose version the site shows, and written as pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.places.index import last_good
from pledgebook.runs.default_releases import RELEASES_VARIABLE
from pledgebook.site.edition import Edition
from pledgebook.site.pages import Pages, cleaned, markdown

_FOLDER = Path(__file__).parents[2] / "notebooks"
# An installation without a checkout has none.
NOTEBOOKS = sorted(_FOLDER.glob("*.ipynb"))
# Seconds that a cell may take.
_LONGEST = 600


def title_of(path: Path) -> str:
    """The first heading of a notebook."""
    first = _cells(json.loads(path.read_bytes()))[0]
    return "".join(first["source"]).splitlines()[0].removeprefix("# ")


def executed(path: Path, releases: str) -> dict[str, Any]:
    """The notebook with its outputs on the versions at a place; as it is, without outputs, where the extra `notebooks` is not installed.

    Raises ReleaseError, which names the notebook, when it cannot be run to its end.
    """
    if any(find_spec(name) is None for name in ("nbclient", "nbformat", "ipykernel")):
        return dict(json.loads(path.read_bytes()))
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    place = releases if "://" in releases else str(Path(releases).absolute())
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    # Away from the checkout, so that a site does not depend on what lies beside that.
    with TemporaryDirectory(prefix="pledgebook-") as folder:
        shutil.copytree(_FOLDER, folder, dirs_exist_ok=True)
        client = NotebookClient(notebook, timeout=_LONGEST, resources={"metadata": {"path": folder}})
        try:
            # What a kernel has to say of itself is no matter of whoever builds a site.
            client.execute(env={**os.environ, RELEASES_VARIABLE: place}, stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            raise ReleaseError(f"{path} cannot be run: {error.ename}: {error.evalue}") from error
        except (DeadKernelError, OSError) as error:
            raise ReleaseError(f"{path} cannot be run: {error or type(error).__name__}") from error
    return dict(notebook)


def write_notebook(path: Path, notebook: Mapping[str, Any], edition: Edition, pages: Pages) -> None:
    """Write `about/notebooks/<name>/` with its plots as files, and beside it the notebook itself with what it imports."""
    folder = f"about/notebooks/{path.stem}"
    charts: list[str] = []
    cells = [_cell(cell, charts) for cell in _cells(notebook)]
    for number, chart in enumerate(charts):
        pages.path(f"{folder}/plot-{number + 1}.svg").write_text(chart, "utf-8")
    source = path.read_text("utf-8")
    files = [path, *(module for module in sorted(_FOLDER.glob("*.py")) if module.stem in source)]
    for file in files:
        shutil.copyfile(file, pages.path(f"{folder}/{file.name}"))
    newest = last_good(edition.versions)
    pages.write(
        folder,
        "notebook.html",
        title=title_of(path),
        files=[file.name for file in files],
        cells=cells,
        executed=any(cell.get("execution_count") for cell in _cells(notebook)),
        newest=newest.version if newest else "none",
    )


def _cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(notebook["cells"])


def _cell(cell: Mapping[str, Any], charts: list[str]) -> dict[str, Any]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return {"kind": "markdown", "body": markdown(source)}
    outputs = [told for output in cell["outputs"] if (told := _output(output, charts))]
    return {"kind": "code", "body": source, "outputs": outputs}


def _output(output: Mapping[str, Any], charts: list[str]) -> dict[str, Any] | None:
    """What a page shows of an output; a plot is added to `charts`."""
    if output.get("name") == "stderr":
        # Warnings name files of this machine; what they say of a version, the site says itself.
        return None
    data = output.get("data", {})
    if svg := "".join(data.get("image/svg+xml", "")):
        charts.append(svg)
        return {"kind": "chart", "body": f"plot-{len(charts)}.svg"}
    if html := "".join(data.get("text/html", "")):
        return {"kind": "html", "body": cleaned(html)}
    text = "".join(output.get("text", "") or data.get("text/plain", ""))
    return {"kind": "text", "body": text} if text else None
