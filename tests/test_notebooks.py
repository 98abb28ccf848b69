"""Each notebook runs from top to bottom on what a fresh clone makes, and is kept without its outputs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from running import run

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# What each is to show, on the demonstration of a fresh clone.
SHOWS = {
    "1-first-look": ["is a demonstration", "commitment_id", "<mark>", "Pledgebook developers"],
    "2-who-promises-what": ["is a demonstration", "recipient", "amount_summable"],
    "3-proof-and-doubt": ["is a demonstration", "expected_precision", "<mark>", "Commitment c-"],
    "4-what-changed": ["$7 million", "taken_out", "edited"],
    "5-two-accounts": ["is a demonstration", "From the book itself", "RUS, 2021-12-31", "USA, 2021-12-30"],
}
PLOTS = {"1-first-look": 1, "2-who-promises-what": 2, "3-proof-and-doubt": 2}


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """The notebooks, with nothing beside their checkout."""
    return Path(shutil.copytree(ROOT / "notebooks", tmp_path / "checkout" / "notebooks"))


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make run` makes of the samples."""
    folder = tmp_path_factory.mktemp("demonstration")
    run(folder, ROOT / "data" / "raw" / "samples")
    return folder / "processed"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_shows_what_it_is_about(
    path: Path, demonstration: Path, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEDGEBOOK_RELEASES", str(demonstration))
    outputs = run_notebook(alone / path.name)
    said = "\n".join(shown(output) for output in outputs)
    assert [words for words in SHOWS[path.stem] if words not in said] == []
    assert len([output for output in outputs if "image/svg+xml" in output.get("data", {})]) == PLOTS.get(path.stem, 0)


@pytest.mark.skipif(not CORPUS.exists(), reason="needs ../shared")
def test_real_accounts_of_one_meeting_stand_side_by_side(demonstration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEDGEBOOK_RELEASES", str(demonstration))
    said = "\n".join(shown(output) for output in run_notebook(ROOT / "notebooks" / "5-two-accounts.ipynb"))
    sides = set(re.findall(r"^([A-Z]{3}), 20\d\d-\d\d-\d\d: ", said, re.MULTILINE))
    assert "From real statements beside the checkout" in said and "meeting_id" in said and len(sides) == 2


def run_notebook(path: Path) -> list[nbformat.NotebookNode]:
    """What all cells of a notebook put out."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(path.parent)}}).execute()
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def shown(output: nbformat.NotebookNode) -> str:
    """What a reader sees of an output, plots aside."""
    return "\n".join(
        [output.get("text", ""), *(str(output.get("data", {}).get(kind, "")) for kind in ("text/plain", "text/html"))]
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_kept(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.id for cell in cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)] == []


def test_every_notebook_is_named_in_the_readme() -> None:
    named = re.findall(r"notebooks/([\w-]+)\.ipynb", (ROOT / "README.md").read_text("utf-8"))
    assert named == [path.stem for path in NOTEBOOKS]
