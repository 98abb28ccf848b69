"""What the README shows works as it is written there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_there_is_one_for_each_library() -> None:
    assert [name in "".join(PROGRAMS) for name in ("pledgebook", "polars", "pandas", "duckdb")] == [True] * 4


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_of_the_readme_shows_promises(program: str, book: Path, tmp_path: Path) -> None:
    shutil.copytree(book, tmp_path / "data" / "processed")
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "will pay $5" in done.stdout
    for plot in re.findall(r'save\("([^"]+)"\)', program):
        assert (tmp_path / plot).read_text("utf-8").startswith("<svg")
