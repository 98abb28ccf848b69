"""One request at a time to a host, and a pause between two, whoever asks."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from pledgebook.sources.fetching.turns import Turns


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept += [seconds] if seconds else []
        self.now += seconds

    def turns(self, folder: Path) -> Turns:
        return Turns(folder, lambda: self.now, self.sleep)


def test_the_next_turn_comes_a_pause_after_the_last_ended(tmp_path: Path) -> None:
    time = Time()
    turns = time.turns(tmp_path)
    with turns.turn("a.example", 1.0):
        time.now += 5
    began = time.now
    with turns.turn("a.example", 1.0):
        assert time.now == began + 1


def test_hosts_do_not_wait_for_each_other(tmp_path: Path) -> None:
    time = Time()
    turns = time.turns(tmp_path)
    for host in ("a.example", "b.example", "c.example"):
        with turns.turn(host, 60):
            pass
    assert time.slept == []


def test_another_run_on_the_machine_waits_too(tmp_path: Path) -> None:
    time = Time()
    with time.turns(tmp_path).turn("a.example", 30):
        pass
    with time.turns(tmp_path).turn("a.example", 1):
        assert time.slept == [30]


KILLED_IN_ITS_TURN = """
import os, signal, sys
from pathlib import Path
from pledgebook.sources.fetching.turns import Turns

with Turns(Path(sys.argv[1]), lambda: float(sys.argv[2])).turn("a.example", 7):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_run_that_was_killed_in_its_turn_is_waited_for(tmp_path: Path) -> None:
    time = Time()
    ended = subprocess.run([sys.executable, "-c", KILLED_IN_ITS_TURN, tmp_path, str(time.now)], check=False, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    with time.turns(tmp_path).turn("a.example", 1):
        assert time.slept == [7]


def test_a_site_that_asks_for_patience_gets_it(tmp_path: Path) -> None:
    time = Time()
    turns = time.turns(tmp_path)
    with turns.turn("a.example", 1):
        turns.hold("a.example", 90)
    with turns.turn("a.example", 1):
        assert time.slept == [90]


def test_a_clock_that_jumps_back_does_not_hold_a_run_for_hours(tmp_path: Path) -> None:
    time = Time()
    with time.turns(tmp_path).turn("a.example", 2):
        pass
    time.now -= 7200
    with time.turns(tmp_path).turn("a.example", 2):
        assert time.slept == [2]
