"""A site on loopback, for whoever built it."""

from __future__ import annotations

import webbrowser
from contextlib import closing, suppress
from pathlib import Path
from socket import create_server
from threading import Thread

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

HOST = "127.0.0.1"


def serve_site(folder: Path) -> None:
    """Serve a folder at a free port of this machine until Ctrl-C, ranges included, and show it in a browser where there is one."""
    application = Starlette(routes=[Mount("/", StaticFiles(directory=folder, html=True))])
    with closing(create_server((HOST, 0))) as listening:
        address = f"http://{HOST}:{listening.getsockname()[1]}/"
        print(f"The site is at {address} until Ctrl-C.", flush=True)
        # A browser in the terminal would wait for the server, and that for it.
        Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        # The server ends in order and then raises it again.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(uvicorn.Config(application, log_level="warning")).run(sockets=[listening])
