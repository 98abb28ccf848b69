"""`pledgebook verify` tells what it could not check."""

from __future__ import annotations

import sys

import pytest

from pledgebook.command_line import main

PROMISE = "The United States will provide $5 million to Ukraine."


@pytest.fixture
def verify(publish, capsys, monkeypatch):
    """Verifies the newest version, and returns the exit code and what is printed."""

    def run_command():
        monkeypatch.setattr(sys, "argv", ["pledgebook", "verify", "--releases", str(publish.place)])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr().out

    return run_command


def test_quotes_without_a_text_are_counted(publish, document, run, verify):
    publish(run(document("a", PROMISE), document("b", "It will send men. It will go.", licence="unknown")))
    code, said = verify()
    assert code == 0 and "2 of 3 quotes could not be held against a text" in said and "is sound" in said


def test_nothing_is_said_where_all_was_checked(publish, document, run, verify):
    publish(run(document("a", PROMISE)))
    assert verify() == (0, f"Version 1.0.0 in {publish.place} is sound.\n")
