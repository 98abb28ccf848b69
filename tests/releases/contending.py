"""Eight processes publish to one place at the same time, again and again; run as a program.

    python contending.py ADDRESS RELEASE ROUNDS

In every round all try at once; who holds the place publishes only when all others have tried. For each try a JSON line tells the round
and what came of it: the version that was published, or what was said.
"""

from __future__ import annotations

import json
import multiprocessing
import pickle
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from pledgebook.releases import publication
from pledgebook.releases.errors import PlaceBusy
from pledgebook.releases.places.place import open_place, read_index
from pledgebook.releases.publication import clean, publish
from pledgebook.releases.writing.files import Release, write_documents, write_sums

PROCESSES = 8


def contend(address: str, release: bytes, rounds: int, together: Any, told: Any) -> None:
    """Try in every round."""
    made = pickle.loads(release)
    # How much a publisher writes says nothing of who may publish.
    publication.WRITERS[:] = [write_documents, write_sums]
    publication.summaries = lambda place, entries: {}
    for number in range(rounds):
        together.wait()
        told.put({"round": number, **attempt(address, made, together)})


def attempt(address: str, made: Release, together: Any) -> dict[str, str]:
    """Publish the next version, or say why not."""
    place, tried = open_place(address), False
    try:
        with place.publishing():
            clean(place)
            version = f"1.{len(read_index(place))}.0"
            together.wait()
            tried = True
            publish(place, replace(made, version=version))
            return {"published": version}
    except PlaceBusy as error:
        # The store of the tests may let two claims pass that come in the same instant: then the later one counts, and whoever made
        # the other learns it before anything is listed.
        if not tried:
            together.wait()
        return {"said": str(error)}


def main(address: str, release: bytes, rounds: int) -> None:
    """See above."""
    context = multiprocessing.get_context("fork")
    together, told = context.Barrier(PROCESSES, timeout=60), context.Queue()
    started = [
        context.Process(target=contend, args=(address, release, rounds, together, told)) for _ in range(PROCESSES)
    ]
    for process in started:
        process.start()
    for _ in range(PROCESSES * rounds):
        print(json.dumps(told.get(timeout=60)), flush=True)
    for process in started:
        process.join()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).read_bytes(), int(sys.argv[3]))
