"""`pledgebook show`: what a quote says is shown as it stands."""

from __future__ import annotations

import sys

import pytest

from pledgebook.command_line import main
from pledgebook.releases.withdraw import withdraw_version


def test_a_withdrawn_version_is_told_on_standard_error(publish, document, run, capsys, monkeypatch):
    publish(run(document("a", "The United States will support the dam.")))
    withdraw_version(publish.place, "1.0.0", "made by mistake")
    monkeypatch.setattr(sys, "argv", ["pledgebook", "show", "1.0.0", "--releases", str(publish.place)])
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr()
    assert said.err == "pledgebook: version 1.0.0 was withdrawn: made by mistake\n"
    assert "will support the dam" in said.out and "withdrawn" not in said.out


def test_brackets_and_colons_are_words(publish, document, run, capsys, monkeypatch):
    publish(run(document("a", "The United States will support [the] dam [/applause] :dove: as agreed.")))
    monkeypatch.setattr(sys, "argv", ["pledgebook", "show", "--releases", str(publish.place)])
    with pytest.raises(SystemExit):
        main()
    said = " ".join(capsys.readouterr().out.split())
    assert "will support [the] dam" in said and "[/applause] :dove:" in said and "1 commitment" in said
