"""Ctrl-C ends the process whatever else goes wrong."""

from __future__ import annotations

import subprocess
import sys

from pledgebook.command_line.interruption import MESSAGE

PROGRAM = """
import signal
import sys
from pledgebook.command_line.interruption import stopped_at_once

def stop_server():
    print("what another thread was about to log", file=sys.stderr, flush=True)
    raise OSError("the server does not answer")

with stopped_at_once(stop_server):
    signal.raise_signal(signal.SIGINT)
print("went on")
"""


def test_a_server_that_will_not_stop_does_not_keep_the_process() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", MESSAGE)
