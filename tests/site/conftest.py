"""A site of a small book with everything that pages have to cope with, and a browser to look at it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from publishing import Publisher, Run, readout
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pledgebook.site import build, notebook_pages
from pledgebook.site.build import build_site

WITH_SIGNS = "🚢🚢 They met in Ōsaka.\n\nThe US will pay $5 million to Ukraine for 🏗 the <b>harbour</b>."
WITH_SCRIPT = "<script>alert(1)</script> The US will open an <img src=x onerror=alert(2)> office."


def publish(folder: Path) -> Publisher:
    """Version 1.0.0, and 1.1.0, in which a promise has left."""
    published = Publisher(folder)
    documents = [
        readout("signs", WITH_SIGNS, date=date(2021, 6, 8), title="Meeting in Ōsaka & beyond"),
        readout("script", WITH_SCRIPT, url="javascript:alert(3)", title="<script>alert(4)</script>"),
        readout("unlicensed", "It will open an office, and it will open an office again.", licence="unknown"),
        readout("many", " ".join(f"It will build house {number}." for number in range(70)), date=date(2022, 2, 3)),
        readout("sample", "Invented: the US will lend a boat.", text_origin="summary", url="https://example.org/s"),
    ]
    both = Run(
        readout(
            "joint", "The US and Norway will stop trade in 🐟.", date=date(2023, 5, 1), participants=["USA", "NOR"]
        ),
        actors=["USA", "NOR"],
        targets=["RUS"],
        act="restrict",
        strength="intended",
    )
    nobody = Run(readout("nobody", "Money will reach Kenya."), actors=[], recipients=["KEN"], confidence=1.0)
    # What only a row that has left names.
    gone = Run(readout("edited", "It will send men to Iceland."), recipients=["ISL"])
    first = Run(*documents)
    for more in (both, nobody, gone):
        first.readouts.extend(more.readouts)
        first.found.extend(more.found)
    published(first)
    published(Run(readout("edited", "They met.")))
    return published


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    return publish(tmp_path_factory.mktemp("book"))


@pytest.fixture(scope="session")
def site(book: Publisher, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of its newest version; of the notebooks, each of which takes seconds, only the first is run."""
    folder = tmp_path_factory.mktemp("site") / "public"

    def executed(path: Path, releases: str) -> dict[str, Any]:
        first = path == notebook_pages.NOTEBOOKS[0]
        return notebook_pages.executed(path, releases) if first else json.loads(path.read_bytes())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "executed", executed)
        build_site(folder, releases=book.place)
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site on a web server that honours ranges."""
    server = uvicorn.Server(
        uvicorn.Config(
            Starlette(routes=[Mount("/", StaticFiles(directory=site, html=True))]), port=0, log_level="error"
        )
    )
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/"
    server.should_exit = True
    thread.join()
