"""`pledgebook show`: what a quote says is shown as it stands."""

from __future__ import annotations

import sys

import pytest

from pledgebook.command_line import main


def test_brackets_and_colons_are_words(publish, document, run, capsys, monkeypatch):
    publish(run(document("a", "The United States will support [the] dam [/applause] :dove: as agreed.")))
    monkeypatch.setattr(sys, "argv", ["pledgebook", "show", "--releases", str(publish.place)])
    with pytest.raises(SystemExit):
        main()
    said = " ".join(capsys.readouterr().out.split())
    assert "will support [the] dam" in said and "[/applause] :dove:" in said and "1 commitment" in said
