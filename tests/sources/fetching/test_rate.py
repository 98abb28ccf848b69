"""The pace at which one host is asked, as the host measures it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from pledgebook.sources.source import Source

from .pages import publish, sitemap
from .site import Site

ROOT = Path(__file__).parents[3]
PAUSE = 0.05
# What the clocks of two processes may differ by.
BLUR = 0.002

CRAWL = f"""
import sys
from pathlib import Path
from pledgebook.sources.fetching.fetch import fetch
from pledgebook.sources.fetching.rounds import Wanted
from pledgebook.sources.fetching.settings import FetchSettings
from pledgebook.sources.source import Source

settings = FetchSettings(contact="tests@example.org", delay={PAUSE}, allowed_hosts=frozenset({{"127.0.0.1"}}))
fetch(Source.model_validate_json(sys.argv[1]), Path(sys.argv[2]), Wanted(), settings)
"""


@pytest.mark.parametrize("workers", [1, 4])
def test_a_host_is_asked_by_one_worker_at_a_time_and_never_faster_than_allowed(
    site: Site, source: Callable[..., Source], tmp_path: Path, workers: int
) -> None:
    publish(site, range(workers * 5))
    runs = []
    for number in range(workers):
        urls = [site.url(f"/call/{number * 5 + place}") for place in range(5)]
        site.add(f"/sitemap-{number}.xml", sitemap(urls))
        way = {"method": "sitemap", "start": [site.url(f"/sitemap-{number}.xml")]}
        made = source(name=f"norland-{number}", discover=[way])
        runs.append(subprocess.Popen([sys.executable, "-c", CRAWL, made.model_dump_json(), tmp_path / "raw"], cwd=ROOT))
    assert [run.wait(timeout=120) for run in runs] == [0] * workers
    assert len(site.asked("/call")) == workers * 5
    requests = sorted(site.requests, key=lambda request: request.began)
    pauses = [later.began - earlier.ended for earlier, later in pairwise(requests)]
    assert min(pauses) >= PAUSE - BLUR
