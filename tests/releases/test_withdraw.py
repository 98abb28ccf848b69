"""A withdrawn version keeps its files; nobody is led to it any more."""

from __future__ import annotations

import json
import sys

import feedparser
import pytest

from pledgebook.command_line import main
from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.verification import verify_release
from pledgebook.releases.withdraw import withdraw_version
from pledgebook.sources.errors import WrongUse

ONE, TWO = "The United States will provide $5 million to Ukraine.", "The United States will send engineers to the dam."


@pytest.fixture(params=["publish", "remote"])
def two(request, document, run):
    """A place with two versions, in a folder and in an object store."""
    publisher = request.getfixturevalue(request.param)
    publisher(run(document("a", ONE)))
    publisher(run(document("a", ONE), document("b", TWO)))
    return publisher


def text_of(publisher, name):
    from pledgebook.releases.places.place import open_place

    return open_place(publisher.address).read(name).decode()


def test_latest_moves_to_the_last_good_version_and_the_files_stay(two):
    assert withdraw_version(two.address, "1.1.0", "sums were read  in the wrong currency") == ("1.1.0", "1.0.0")
    assert json.loads(text_of(two, "latest.json"))["version"] == "1.0.0"
    assert two.table("readouts").height == 1 and two.table("readouts", "1.1.0").height == 2
    marked = {entry["version"]: entry.get("withdrawn") for entry in json.loads(text_of(two, "index.json"))["versions"]}
    assert marked == {"1.0.0": None, "1.1.0": "sums were read in the wrong currency"}
    assert "**Withdrawn: do not use this version.** sums were read in the wrong currency" in text_of(
        two, "CHANGELOG.md"
    )
    feed = feedparser.parse(text_of(two, "feed.xml"))
    assert [entry.title for entry in feed.entries] == ["Pledgebook 1.1.0 (withdrawn)", "Pledgebook 1.0.0"]
    assert verify_release(two.address) == verify_release(two.address, "1.1.0") == []


def test_the_next_version_follows_the_last_good_one_and_takes_a_new_number(two, document, run):
    rows = two.table("commitments", "1.1.0").select("commitment_id", "quote")
    withdraw_version(two.address, "1.1.0", "made by mistake")
    assert two(run(document("c", "The United States will plant trees."))).version == "1.2.0"
    assert two.table("readouts").height == 2
    left = two.table("withdrawn_rows").filter(table="commitments").row(0, named=True)
    assert (left["last_version"], left["reason"]) == ("1.1.0", "version_withdrawn")
    engineers = dict(rows.select("quote", "commitment_id").iter_rows())["will send engineers to the dam"]
    assert left["row_id"] == engineers


def test_when_every_version_is_withdrawn_there_is_no_latest(publish, document, run):
    publish(run(document("a", ONE)))
    assert withdraw_version(publish.place, "latest", "made by mistake") == ("1.0.0", None)
    assert json.loads((publish.place / "latest.json").read_text())["version"] is None
    with pytest.raises(ReleaseError, match=r"lists no version 'latest'; it lists: 1.0.0 \(withdrawn\)"):
        publish.table("readouts")
    assert publish(run(document("a", ONE))).version == "1.1.0"
    assert verify_release(publish.place) == []


def test_a_version_is_withdrawn_once_and_with_a_reason(publish, document, run):
    publish(run(document("a", ONE)))
    with pytest.raises(WrongUse, match="say with --reason"):
        withdraw_version(publish.place, "1.0.0", " ")
    withdraw_version(publish.place, "1.0.0", "made by mistake")
    with pytest.raises(ReleaseError, match=r"1.0.0 is withdrawn already: made by mistake"):
        withdraw_version(publish.place, "1.0.0", "again")


def test_the_command(publish, document, run, capsys, monkeypatch):
    publish(run(document("a", ONE)))
    arguments = ["withdraw", "1.0.0", "--reason", "made by mistake", "--releases", str(publish.place)]
    monkeypatch.setattr(sys, "argv", ["pledgebook", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code in (0, None)
    assert capsys.readouterr().out == "Version 1.0.0 is withdrawn; latest is none.\n"


def test_a_reason_with_control_characters_breaks_no_file(publish, document, run):
    publish(run(document("a", ONE)))
    publish(run(document("a", ONE), document("b", TWO)))
    withdraw_version(publish.place, "1.1.0", "see \x1b[31mlog\x07 \ufffe")
    assert "see \\[31mlog" in (publish.place / "CHANGELOG.md").read_text("utf-8")
    assert not feedparser.parse((publish.place / "feed.xml").read_text("utf-8")).bozo
    (money,) = publish.table("commitments")["commitment_id"]
    publish.correct(f"{money},act,provide,cooperate,see \x07page 3.,2026-11-20")
    assert publish(run(document("a", ONE), document("b", TWO))).version == "1.2.0"
    assert "→ “cooperate”: see page 3.\n" in (publish.place / "v1.2.0" / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"torn"])
def test_a_damaged_changelog_of_one_version_stops_no_other(publish, document, run, content):
    publish(run(document("a", ONE)))
    publish(run(document("a", ONE), document("b", TWO)))
    (publish.place / "v1.0.0" / "CHANGELOG.md").write_bytes(content)
    withdraw_version(publish.place, "1.0.0", "made by mistake")
    text = (publish.place / "CHANGELOG.md").read_text("utf-8")
    assert "The files of this version are missing here" in text and "**Withdrawn: do not use this version.**" in text


def test_what_follows_when_everything_was_withdrawn_says_so(publish, document, run):
    publish(run(document("a", ONE)))
    withdraw_version(publish.place, "1.0.0", "made by mistake")
    publish(run(document("b", TWO)))
    log = publish.changelog()
    assert "All earlier versions were withdrawn." in log and "Look its id up in `withdrawn_rows`" in log


def test_samples_alone_stay_a_demonstration_whatever_the_number(publish, document, run):
    sample = document("s", ONE, text_origin="summary")
    publish(run(sample))
    publish(run(sample, document("a", TWO)))
    withdraw_version(publish.place, "1.0.0", "made by mistake")
    assert publish(run(sample, document("s2", TWO, text_origin="summary"))).version == "1.1.0"
    assert "This is a demonstration" in publish.changelog() and "first version with official" not in publish.changelog()
    assert "**A demonstration**" in (publish.place / "v1.1.0" / "README.md").read_text("utf-8")


def test_a_place_that_is_mistyped_is_not_made(tmp_path):
    with pytest.raises(ReleaseError, match="lists no version"):
        withdraw_version(tmp_path / "mistyped", "1.0.0", "made by mistake")
    assert not (tmp_path / "mistyped").exists()
