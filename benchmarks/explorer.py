"""Times the explorer of a site in a browser: first rows, all rows, and filters.

    python -m benchmarks.explorer SITE

SITE is a folder that `pledgebook site` wrote; Chromium is needed. Seconds to the first rows and to all from the call of the page, and
milliseconds from a change of a filter to the rows that it leaves, drawn.
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path
from threading import Thread

import uvicorn
from playwright.sync_api import Page, sync_playwright
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

# A value of each filter that leaves some rows, and one that leaves hardly any.
FILTERS = {"recipient": "UKR", "topic": "19", "strength": "intended", "since": "2022-01-01", "text": "million"}
# From the change to the next frame that the browser has drawn.
CHANGE = """([name, value]) => new Promise(done => {
    const control = document.getElementById(name), start = performance.now()
    control.value = value
    control.dispatchEvent(new Event("input", { bubbles: true }))
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))
})"""


def measure(page: Page, address: str) -> None:
    """Print the figures of one site."""
    start = time.monotonic()
    page.goto(f"{address}explorer/")
    page.wait_for_selector("#rows tr")
    print(f"first rows: {time.monotonic() - start:.2f} s")
    page.wait_for_selector("#download:enabled")
    print(f"all rows:   {time.monotonic() - start:.2f} s ({page.inner_text('#result')})")
    for name, value in FILTERS.items():
        took = page.evaluate(CHANGE, [name, value])
        print(f"{name}={value}: {took:.0f} ms ({page.inner_text('#result')})")
        page.evaluate(CHANGE, [name, ""])


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.explorer", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    folder = parser.parse_args().site
    application = Starlette(routes=[Mount("/", StaticFiles(directory=folder, html=True))])
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error"))
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    try:
        with sync_playwright() as running:
            browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            port = server.servers[0].sockets[0].getsockname()[1]
            measure(browser.new_page(), f"http://127.0.0.1:{port}/")
            browser.close()
    finally:
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
