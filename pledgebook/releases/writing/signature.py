"""The detached signature of a version: SHA256SUMS signed with an SSH key, as git signs commits.

`ssh-keygen -Y sign` makes it and `ssh-keygen -Y verify` checks it, so that anybody can without Pledgebook. The key is
named in PLEDGEBOOK_SIGNING_KEY (a private key without a passphrase, or a public key whose private key an agent holds),
those who may sign in PLEDGEBOOK_ALLOWED_SIGNERS (a file of lines `name keytype key`, see ssh-keygen(1)).
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic_settings import BaseSettings, SettingsConfigDict

from pledgebook.releases.errors import ReleaseError
from pledgebook.releases.places.sums import SIGNATURE, SUMS
from pledgebook.releases.writing.files import Release
from pledgebook.sources.errors import WrongUse

NAMESPACE = "pledgebook"


class SigningSettings(BaseSettings):
    """Where the key lies, and the list of those who may sign; without them nothing is signed, and nothing checked."""

    model_config = SettingsConfigDict(env_prefix="PLEDGEBOOK_", env_ignore_empty=True)

    signing_key: Path | None = None
    allowed_signers: Path | None = None


def sign(release: Release, folder: Path) -> None:
    """Sign the sums of a version when a key is configured. Raises ReleaseError when that fails."""
    key = SigningSettings().signing_key
    if key is None:
        return
    made = keygen("sign", "-f", str(key), str(folder / SUMS))
    if made.returncode:
        raise ReleaseError(f"The key {key} of PLEDGEBOOK_SIGNING_KEY cannot sign: {said(made)}. Nothing was published.")


def signature_problems(sums: bytes, signature: bytes | None, where: str) -> list[str]:
    """Say what is wrong with the signature of a version; nothing is asked of it when nobody is named who may sign.

    Raises WrongUse when the file that should name them is not there.
    """
    signers = SigningSettings().allowed_signers
    if signers is None:
        return []
    if not signers.is_file():
        raise WrongUse(
            f"PLEDGEBOOK_ALLOWED_SIGNERS names {signers}, and there is no such file; write into it a line for each who "
            "may sign (name@example.org ssh-ed25519 AAAA…), or name the file that you have"
        )
    if signature is None:
        return [f"{where} is missing: the version is not signed by anybody of {signers}"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / SIGNATURE
        path.write_bytes(signature)
        found = keygen("find-principals", "-s", str(path), "-f", str(signers))
        if found.returncode:
            return [f"{where} is by nobody of {signers}: {said(found)}"]
        signer = found.stdout.decode().splitlines()[0]
        checked = keygen("verify", "-f", str(signers), "-I", signer, "-s", str(path), words=sums)
    return [f"{where} does not fit {SUMS}: {said(checked)}"] if checked.returncode else []


def keygen(task: str, *arguments: str, words: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run ssh-keygen for a task of signing; the signature is for Pledgebook alone. Raises ReleaseError when there is none."""
    space = [] if task == "find-principals" else ["-n", NAMESPACE]
    command = ["ssh-keygen", "-Y", task, *space, *arguments]
    try:
        return subprocess.run(command, input=words or b"", capture_output=True, check=False)
    except FileNotFoundError as error:
        raise ReleaseError("ssh-keygen is not installed: apt-get install openssh-client.") from error


def said(ended: subprocess.CompletedProcess[bytes]) -> str:
    """Return what ssh-keygen said, on one line."""
    return " ".join((ended.stderr or ended.stdout).decode(errors="replace").split()) or "it did not say why"
