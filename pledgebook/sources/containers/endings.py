"""Which files hold many documents, as their names say."""

from __future__ import annotations

from pathlib import PurePath

WARC = (".warc", ".warc.gz")
WACZ = (".wacz",)
TARBALL = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
ENDINGS = WARC + WACZ + TARBALL


def is_container(path: PurePath) -> bool:
    """Whether files of that name hold many documents."""
    return path.name.lower().endswith(ENDINGS)
