"""The notebooks, run on the place whose version the site shows, and written as pages."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pledgebook.releases.errors import ReleaseError
from pledgebook.runs.default_releases import RELEASES_VARIABLE
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

    Raises ReleaseError, which names the notebook, when a cell fails.
    """
    if any(find_spec(name) is None for name in ("nbclient", "nbformat", "ipykernel")):
        return dict(json.loads(path.read_bytes()))
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    client = NotebookClient(notebook, timeout=_LONGEST, resources={"metadata": {"path": str(path.parent)}})
    # A kernel works in the folder of its notebook.
    place = releases if "://" in releases else str(Path(releases).absolute())
    try:
        # What a kernel has to say of itself is no matter of whoever builds a site.
        client.execute(env={**os.environ, RELEASES_VARIABLE: place}, stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        raise ReleaseError(f"{path} cannot be run: {error.ename}: {error.evalue}") from error
    return dict(notebook)


def write_notebook(path: Path, notebook: Mapping[str, Any], pages: Pages) -> None:
    """Write `about/notebooks/<name>/` with its plots as files, and the notebook itself beside it."""
    folder = f"about/notebooks/{path.stem}"
    charts: list[str] = []
    cells = [_cell(cell, charts) for cell in _cells(notebook)]
    for number, chart in enumerate(charts):
        pages.path(f"{folder}/plot-{number + 1}.svg").write_text(chart, "utf-8")
    pages.path(f"{folder}/{path.name}").write_bytes(path.read_bytes())
    ran = any(cell.get("execution_count") for cell in _cells(notebook))
    pages.write(folder, "notebook.html", title=title_of(path), file=path.name, cells=cells, executed=ran)


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
    data = output.get("data", {})
    if svg := "".join(data.get("image/svg+xml", "")):
        charts.append(svg)
        return {"kind": "chart", "body": f"plot-{len(charts)}.svg"}
    if html := "".join(data.get("text/html", "")):
        return {"kind": "html", "body": cleaned(html)}  # cleaned
    text = "".join(output.get("text", "") or data.get("text/plain", ""))
    return {"kind": "text", "body": text} if text else None
