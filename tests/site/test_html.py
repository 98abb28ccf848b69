"""Every page is valid HTML."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from filelock import FileLock
from looking import needs_node

PACKAGES = Path(__file__).with_name("package.json")
BUILD = Path(__file__).parents[2] / "build" / "html-validate"


@pytest.fixture(scope="module")
def validator() -> Path:
    """The validator, from npm, kept in the build folder."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with FileLock(BUILD / ".lock"):
        shutil.copyfile(PACKAGES, BUILD / "package.json")
        (BUILD / "rules.json").write_text('{"root": true, "extends": ["html-validate:standard"]}')
        install = [
            "npm",
            "install",
            "--no-audit",
            "--no-fund",
            "--no-package-lock",
            "--prefer-offline",
            "--loglevel=error",
        ]
        subprocess.run(install, cwd=BUILD, check=True)
    return BUILD / "node_modules" / ".bin" / "html-validate"


@needs_node
def test_every_page_is_valid(validator: Path, site: Path) -> None:
    pages = [str(path) for path in site.rglob("*.html")]
    done = subprocess.run(
        [validator, "--config", BUILD / "rules.json", "--formatter", "text", *pages], capture_output=True, text=True
    )
    assert len(pages) > 90
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
