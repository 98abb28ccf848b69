"""The sums of a version are signed when a key is named, and the signature is checked when it is said who may sign."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.unchecked import unchecked
from pledgebook.releases.verification import verify_release
from pledgebook.sources.errors import WrongUse

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="apt-get install openssh-client")

ONE = "The United States will provide $5 million to Ukraine."


@pytest.fixture
def key(tmp_path):
    """Makes a key of a name, without a passphrase."""

    def make(name):
        path = tmp_path / name
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path]
        subprocess.run(command, check=True)
        return path

    return make


@pytest.fixture
def allow(tmp_path, monkeypatch):
    """Says whose keys may sign."""

    def name(*keys):
        lines = [f"{path.name}@example.org {path.with_suffix('.pub').read_text()}" for path in keys]
        (tmp_path / "allowed_signers").write_text("".join(lines))
        monkeypatch.setenv("PLEDGEBOOK_ALLOWED_SIGNERS", str(tmp_path / "allowed_signers"))

    return name


@pytest.fixture
def signed(publish, document, run, key, monkeypatch):
    """A version signed by the key `maintainer`."""
    monkeypatch.setenv("PLEDGEBOOK_SIGNING_KEY", str(key("maintainer")))
    publish(run(document("a", ONE)))
    return publish


def test_a_signed_version_is_sound_and_anybody_can_check_it(signed, allow, tmp_path):
    allow(tmp_path / "maintainer")
    assert verify_release(signed.place) == []
    folder = signed.place / "v1.0.0"
    command = ["ssh-keygen", "-Y", "verify", "-f", tmp_path / "allowed_signers", "-I", "maintainer@example.org"]
    command += ["-n", "pledgebook", "-s", folder / "SHA256SUMS.sig"]
    subprocess.run(command, input=(folder / "SHA256SUMS").read_bytes(), check=True)
    assert "SHA256SUMS.sig" not in (folder / "SHA256SUMS").read_text()


def test_the_signature_of_another_is_refused(signed, allow, key):
    allow(key("somebody"))
    (problem,) = verify_release(signed.place)
    assert "SHA256SUMS.sig is by nobody of" in problem


def test_a_signature_that_does_not_fit_is_refused(signed, allow, document, run, tmp_path):
    allow(tmp_path / "maintainer")
    signed(run(document("b", "The United States will send engineers.")))
    shutil.copy(signed.place / "v1.0.0" / "SHA256SUMS.sig", signed.place / "v1.1.0" / "SHA256SUMS.sig")
    (problem,) = verify_release(signed.place)
    assert "v1.1.0/SHA256SUMS.sig does not fit SHA256SUMS" in problem


def test_a_missing_signature_is_noticed_by_those_who_ask_for_one(signed, allow, tmp_path):
    (signed.place / "v1.0.0" / "SHA256SUMS.sig").unlink()
    assert verify_release(signed.place) == []
    allow(tmp_path / "maintainer")
    (problem,) = verify_release(signed.place)
    assert "SHA256SUMS.sig is missing: the version is not signed" in problem


def test_a_signature_that_nobody_checks_is_told(signed, allow, tmp_path):
    (told,) = unchecked(signed.place)
    assert "SHA256SUMS.sig beside SHA256SUMS was not checked" in told and "PLEDGEBOOK_ALLOWED_SIGNERS" in told
    allow(tmp_path / "maintainer")
    assert unchecked(signed.place) == []


def test_a_missing_file_of_those_who_may_sign_is_named(signed, monkeypatch):
    monkeypatch.setenv("PLEDGEBOOK_ALLOWED_SIGNERS", "no/such/file")
    with pytest.raises(WrongUse, match="no/such/file, and there is no such file; write into it a line"):
        verify_release(signed.place)


def test_a_key_that_cannot_sign_stops_the_release(publish, document, run, tmp_path, monkeypatch):
    monkeypatch.setenv("PLEDGEBOOK_SIGNING_KEY", str(tmp_path / "nothing"))
    with pytest.raises(ReleaseError, match=r"of PLEDGEBOOK_SIGNING_KEY cannot sign: .*Nothing was published"):
        publish(run(document("a", ONE)))
    assert not (publish.place / "index.json").exists()


def test_the_same_key_signs_the_same_bytes_alike(signed, document, run, tmp_path):
    again = type(signed)(tmp_path / "again")
    again(run(document("a", ONE)))
    name = "v1.0.0/SHA256SUMS.sig"
    assert (again.place / name).read_bytes() == (signed.place / name).read_bytes()
