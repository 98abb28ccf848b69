"""Kill a publisher before each change that it makes to its place, in processes of their own; run as a program.

    python killing.py ADDRESS RELEASE FIRST STEP

ADDRESS is a folder or an s3:// address that holds version 1.0.0, RELEASE the second version, pickled. The process is killed before its
change FIRST, FIRST + STEP and so on, until one ends by itself. For each a JSON line tells what the place lists and what of that is not
whole. Every run finds what the one before left; once a version was listed, the first index is put back, and that version is a leftover too.
Nothing here may start a thread of Polars or of the object store's client before it forks.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from pledgebook.releases.places import bucket, claim
from pledgebook.releases.places.place import open_place
from pledgebook.releases.publication import clean, publish

# The store of the tests asks for a signature and does not check it.
SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=of-the-tests/20260101/us-east-1/s3/aws4_request"}
ON_DISK = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}


class Killer:
    """Ends the process before its n-th change."""

    def __init__(self, at: int) -> None:
        self.left = at

    def counted(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch_disk(self) -> None:
        """Count whatever changes a file or a name, and each wait for the disk, which what is killed here does not need."""
        os.fsync = self.before(lambda handle: None)
        sys.addaudithook(self.heard)

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if event in ON_DISK or writes:
            self.counted()

    def watch_requests(self) -> None:
        """Count the requests that change an object."""
        bucket.obstore.put = self.before(bucket.obstore.put)
        bucket.obstore.delete = self.before(bucket.obstore.delete)

    def before(self, change: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            self.counted()
            return change(*arguments, **options)

        return counted


class Looker:
    """Reads and writes the files of a place without our own code."""

    def __init__(self, address: str) -> None:
        self.remote = address.startswith("s3://")
        self.client = httpx.Client(headers=SIGNED)
        self.root = address.replace("s3:/", os.environ.get("AWS_ENDPOINT_URL", ""))

    def read(self, name: str) -> bytes:
        if self.remote:
            return self.client.get(f"{self.root}/{name}").raise_for_status().content
        return (Path(self.root) / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        if self.remote:
            self.client.put(f"{self.root}/{name}", content=content).raise_for_status()
        else:
            (Path(self.root) / name).write_bytes(content)

    def entries(self) -> list[dict[str, Any]]:
        return json.loads(self.read("index.json"))["versions"]

    def torn(self) -> list[str]:
        """What is listed and not whole."""
        found = []
        for entry in self.entries():
            sums = self.read(f"v{entry['version']}/SHA256SUMS")
            if hashlib.sha256(sums).hexdigest() != entry["sums"]:
                found.append(f"{entry['version']} has other sums")
            for digest, name in (line.split("  ") for line in sums.decode().splitlines()):
                if hashlib.sha256(self.read(f"v{entry['version']}/{name}")).hexdigest() != digest:
                    found.append(f"{name} of {entry['version']}")
        return found


def publish_and_die(address: str, release: bytes, at: int) -> bool:
    """Publish in a process that is killed on its way; returns whether it was."""
    child = os.fork()
    if child == 0:
        try:
            made, killer = pickle.loads(release), Killer(at)
            claim.LEASE = timedelta(0)
            killer.watch_requests() if address.startswith("s3://") else killer.watch_disk()
            place = open_place(address)
            with place.publishing():
                clean(place)
                publish(place, made)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main(address: str, release: bytes, first: int, step: int) -> None:
    """See above."""
    looker = Looker(address)
    before = looker.read("index.json")
    for number in count(first, step):
        killed = publish_and_die(address, release, number)
        listed = [entry["version"] for entry in looker.entries()]
        print(json.dumps({"kill": number, "killed": killed, "listed": listed, "torn": looker.torn()}), flush=True)
        looker.write("index.json", before)
        if not killed:
            return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).read_bytes(), int(sys.argv[3]), int(sys.argv[4]))
