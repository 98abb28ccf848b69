"""The explorer: its page, its codes, and its script, bundled by esbuild from npm with what reads Parquet in a browser.

The packages (named in assets/package.json) are fetched once and kept in the user's cache folder; nothing of them is committed.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import polars as pl
from filelock import FileLock
from platformdirs import user_cache_path

from pledgebook.site.edition import Edition
from pledgebook.site.pages import Pages

SHOWN = [
    "commitment_id",
    "readout_id",
    "date",
    "quote",
    "actors",
    "recipients",
    "targets",
    "topic",
    "act",
    "strength",
    "novelty",
    "routine",
    "amount",
    "currency",
    "confidence",
]
_ASSETS = files("pledgebook.site") / "assets"
_BUNDLER = Path("node_modules") / ".bin" / "esbuild"
# Seconds that npm may take to fetch the packages.
_LONGEST = 300


class NoNode(Exception):
    """The explorer cannot be bundled here; the message says why."""


def bundle(to: Path) -> None:
    """Write the script of the explorer. Raises NoNode when Node.js or npm is not installed, or npm cannot fetch the packages."""
    packages = _packages()
    with as_file(_ASSETS) as assets:
        script = assets / "explorer.js"
        options = ["--bundle", "--minify", "--format=esm", "--target=es2023", f"--outfile={to}"]
        _call(
            [str(packages / _BUNDLER), str(script), *options], script.parent, NODE_PATH=str(packages / "node_modules")
        )


def _packages() -> Path:
    """The folder in the cache that has the packages installed."""
    wanted = (_ASSETS / "package.json").read_bytes()
    folder = user_cache_path("pledgebook") / "explorer" / hashlib.sha256(wanted).hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            if not (folder / _BUNDLER).exists():
                (folder / "package.json").write_bytes(wanted)
                _call(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"], folder)
    except OSError as error:
        raise NoNode(f"{folder} cannot be written: {error.strerror or error}") from error
    return folder


def _call(command: list[str], folder: Path, **environment: str) -> None:
    name = Path(command[0]).name
    try:
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=_LONGEST
        )
    except FileNotFoundError as error:
        raise NoNode(f"there is no {name}; on Debian apt-get install nodejs npm") from error
    except subprocess.TimeoutExpired as error:
        raise NoNode(f"{name} did not end within {_LONGEST} seconds") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or [f"it ended with {done.returncode}"]
        raise NoNode(f"{name} says: {said[0]}")


def write_explorer(edition: Edition, pages: Pages, missing: str | None) -> None:
    """Write `explorer/`, but for its script; `missing` says why there is none."""
    pages.write("explorer", "explorer.html", built=missing is None, reason=missing, choices=_choices(edition))
    samples = (
        []
        if edition.is_demonstration
        else edition.readouts.filter(pl.col("text_origin") != "official")["readout_id"].to_list()
    )
    held = pl.scan_parquet(edition.book.local("commitments.parquet"), glob=False).collect_schema()
    columns = [column for column in SHOWN if column in held]
    codes: dict[str, Any] = {"version": edition.book.entry.version, "columns": columns, "samples": samples}
    codes |= {name: dict(edition.names[name]) for name in ("actors", "acts")}
    pages.path("explorer/codes.json").write_text(json.dumps(codes, ensure_ascii=False), "utf-8")


def _choices(edition: Edition) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The lists of the form: name, title, and code and name of each value that occurs."""
    rows, names = edition.counted, edition.names
    lists = [
        ("actor", "Promised by", rows["actors"].explode(), "actors"),
        ("recipient", "Promised to", rows["recipients"].explode(), "actors"),
        ("target", "Against, or about", rows["targets"].explode(), "actors"),
        ("topic", "Topic", rows["topic"].cast(pl.String), "topics"),
        ("act", "Act", rows["act"], "acts"),
        ("strength", "How firmly", rows["strength"], "strengths"),
        ("novelty", "New or not", rows["novelty"], "novelties"),
    ]
    return [
        (
            name,
            title,
            sorted(
                ((code, names[listed].get(code, code)) for code in values.drop_nulls().unique()), key=lambda one: one[1]
            ),
        )
        for name, title, values, listed in lists
    ]
