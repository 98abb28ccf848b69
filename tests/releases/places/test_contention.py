"""Two publishers at once: one wins, the others say so; one that was thought dead can do no harm."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from pledgebook.releases.errors import PlaceBusy, PublicationFailed, ReleaseError
from pledgebook.releases.places import bucket, claim
from pledgebook.releases.places.bucket import StoreFailed
from pledgebook.releases.places.object_place import ObjectPlace
from pledgebook.releases.places.place import open_place, read_index
from pledgebook.releases.publication import clean, list_versions
from pledgebook.releases.verification import verify_release

CONTENDING = Path(__file__).parents[1] / "contending.py"
ROUNDS = 50
FIRST = "The United States will provide $5 million to Ukraine."


@pytest.mark.parametrize("kind", ["publish", "remote"])
def test_eight_processes_of_which_one_wins_each_round(request, kind, document, run, second_release):
    publisher = request.getfixturevalue(kind)
    publisher(run(document("a", FIRST)))
    command = [sys.executable, CONTENDING, str(publisher.address), second_release(publisher), str(ROUNDS)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    won = {one["round"]: one["published"] for one in told if "published" in one}
    assert len(won) == ROUNDS and len(told) == 8 * ROUNDS
    assert all("Another run" in one["said"] for one in told if "published" not in one)
    assert [entry.version for entry in read_index(open_place(publisher.address))] == [
        "1.0.0",
        *(won[number] for number in range(ROUNDS)),
    ]
    assert list(won.values()) and len(set(won.values())) == ROUNDS


def test_a_claim_that_was_left_is_respected_until_its_lease_is_over(remote, document, run, monkeypatch):
    remote(run(document("a", FIRST)))
    ObjectPlace(remote.address).claim.take()
    with pytest.raises(PlaceBusy, match=r"If it was killed, its claim can be taken over after 20\d\d-"):
        remote(run(document("b", "He will send 5 trucks.")))
    monkeypatch.setattr(claim, "LEASE", timedelta(0))
    assert remote(run(document("b", "He will send 5 trucks."))).version == "1.1.0"
    assert verify_release(remote.address) == []


def test_a_run_that_was_thought_dead_commits_no_more(remote, document, run, monkeypatch):
    remote(run(document("a", FIRST)))
    slow = ObjectPlace(remote.address)
    with pytest.raises(PlaceBusy), slow.publishing():
        monkeypatch.setattr(claim, "LEASE", timedelta(0))
        with ObjectPlace(remote.address).publishing():
            # The other took the claim over; the slow one wakes up and knows nothing of it.
            monkeypatch.setattr(slow.claim, "renew", lambda: None)
            list_versions(slow, [])
    assert [entry.version for entry in read_index(open_place(remote.address))] == ["1.0.0"]
    assert remote(run(document("b", "He will send 5 trucks."))).version == "1.1.0"


def test_a_run_whose_claim_was_taken_over_notices_it_while_files_go_up(remote, document, run, monkeypatch, tmp_path):
    remote(run(document("a", FIRST)))
    slow = ObjectPlace(remote.address)
    (tmp_path / "staging").mkdir()
    (tmp_path / "staging" / "readouts.parquet").write_bytes(b"late")
    with pytest.raises(PlaceBusy, match="Another run is publishing"), slow.publishing():
        monkeypatch.setattr(claim, "LEASE", timedelta(0))
        with ObjectPlace(remote.address).publishing():
            slow.take_in(tmp_path / "staging", "v1.1.0")
    assert ObjectPlace(remote.address).folders() == {"v1.0.0"}


def test_files_of_a_run_that_was_thought_dead_do_not_take_the_place_of_ours(remote, document, run, monkeypatch):
    remote(run(document("a", FIRST)))
    place = ObjectPlace(remote.address)
    cleaned = clean

    def leave_a_file(there):
        cleaned(there)
        place.bucket.overwrite("v1.1.0/readouts.parquet", b"of another run")

    with monkeypatch.context() as patch, pytest.raises(PlaceBusy, match=r"v1.1.0/readouts.parquet was put there"):
        patch.setattr("pledgebook.releases.release.clean", leave_a_file)
        remote(run(document("b", "He will send 5 trucks.")))
    assert remote(run(document("b", "He will send 5 trucks."))).version == "1.1.0"
    assert verify_release(remote.address) == []


def test_a_run_that_was_thought_dead_takes_nothing_away(remote, document, run, monkeypatch):
    slow = ObjectPlace(remote.address)
    with pytest.raises(PlaceBusy), slow.publishing():
        monkeypatch.setattr(claim, "LEASE", timedelta(0))
        assert remote(run(document("a", FIRST))).version == "1.0.0"
        # It still believes that nothing is listed, and takes what it finds for a leftover.
        clean(slow)
    assert verify_release(remote.address) == []


def unreachable(*_):
    raise StoreFailed("the network is down")


def test_a_claim_that_cannot_be_given_back_hides_nothing(remote, document, run, monkeypatch):
    monkeypatch.setattr(claim.Claim, "give_back", unreachable)
    assert remote(run(document("a", FIRST))).version == "1.0.0"
    monkeypatch.setattr(claim, "LEASE", timedelta(0))
    monkeypatch.setattr(ObjectPlace, "take_in", unreachable)
    with pytest.raises(PublicationFailed, match=r"the network is down. Nothing was published; .* still holds 1.0.0"):
        remote(run(document("b", "He will send 5 trucks.")))


def test_when_nobody_knows_whether_the_index_went_up_it_is_said(remote, document, run, monkeypatch):
    remote(run(document("a", FIRST)))
    update = bucket.Bucket.update

    def lost(self, name, content, tag):
        return unreachable() if name == "index.json" else update(self, name, content, tag)

    monkeypatch.setattr(bucket.Bucket, "update", lost)
    with pytest.raises(PublicationFailed, match="Whether it was published is not known: look with pledgebook verify"):
        remote(run(document("b", "He will send 5 trucks.")))


def test_an_index_that_cannot_be_understood_leaves_no_claim_behind(remote, document, run, monkeypatch):
    remote(run(document("a", FIRST)))
    ObjectPlace(remote.address).claim.take()
    ObjectPlace(remote.address).bucket.overwrite("index.json", b"{")
    monkeypatch.setattr(claim, "LEASE", timedelta(0))
    with pytest.raises(ReleaseError, match="cannot be understood"):
        remote(run(document("b", "He will send 5 trucks.")))
    with pytest.raises(FileNotFoundError):
        ObjectPlace(remote.address).bucket.get(claim.CLAIM)
